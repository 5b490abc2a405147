import SessionInterfaces
import SessionStorage

/// The names of the network's chain: encrypted records by the hash of the name.
struct NameLedger: Sendable {
    private static let names = TypedTable<LedgerRecord>("devnet.names")

    let store: any Store

    func record(of hash: Bytes32) async throws -> LedgerRecord? {
        try await store.read { try Self.names.record(of: hash.bytes, in: $0) }
    }

    /// Registers a name, or gives it another value.
    func put(_ record: LedgerRecord, for hash: Bytes32) async throws {
        try await store.write { try Self.names.put(record, for: hash.bytes, in: $0) }
    }
}

/// A name's value as the chain keeps it.
struct LedgerRecord: Hashable, Sendable {
    let encryptedValue: [UInt8]
    let nonce: [UInt8]
}

extension LedgerRecord: StoredRecord {
    static let formatVersion: UInt8 = 1

    func encode(into writer: inout RecordWriter) {
        writer.bytes(encryptedValue)
        writer.bytes(nonce)
    }

    init(from reader: inout RecordReader, version: UInt8) throws {
        encryptedValue = try reader.bytes()
        nonce = try reader.bytes()
    }
}
