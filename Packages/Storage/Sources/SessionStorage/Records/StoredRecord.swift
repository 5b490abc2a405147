import SessionInterfaces

/// A value with a stored form of its own: a version byte, then its fields.
///
/// A record that gains a field raises `formatVersion` and goes on reading the versions before.
public protocol StoredRecord: Sendable {
    /// The version that `encode` writes, from 1. A record with a higher version is refused as written by a later program.
    static var formatVersion: UInt8 { get }

    /// Writes the fields, in the order in which `init` reads them.
    func encode(into writer: inout RecordWriter)

    /// Reads the fields that `version` has.
    /// - Parameter version: from 1 to `formatVersion`.
    /// - Throws: `StoreError(.corrupted)`.
    init(from reader: inout RecordReader, version: UInt8) throws
}

extension StoredRecord {
    /// The stored form.
    public func stored() -> [UInt8] {
        var writer = RecordWriter()
        writer.byte(Self.formatVersion)
        encode(into: &writer)
        return writer.encoded
    }

    /// Reads the stored form; all of it must be used.
    /// - Throws: `StoreError(.corrupted)`, or `StoreError(.unsupportedVersion)`.
    public init(stored bytes: [UInt8]) throws {
        var reader = RecordReader(bytes)
        let version = try reader.byte()
        guard version > 0 else { throw StoreError(.corrupted, "the record of type \(Self.self) has no version") }
        guard version <= Self.formatVersion else {
            throw StoreError(
                .unsupportedVersion,
                "the record of type \(Self.self) has version \(version), but this program knows \(Self.formatVersion)")
        }
        try self.init(from: &reader, version: version)
        guard reader.isAtEnd else {
            throw StoreError(.corrupted, "the record of type \(Self.self) has bytes after its last field")
        }
    }
}
