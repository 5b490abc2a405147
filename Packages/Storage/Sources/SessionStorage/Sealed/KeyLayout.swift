import SessionInterfaces

/// Which parts of a table's keys a sealed store keeps in order, and which it replaces by keyed hashes.
///
/// The rule: numbers stay as they are, because their order is what ranges are about; everything else is an identifier.
/// So the parts are named as the functions of `KeyWriter` that write them. What comes after the last part is an
/// identifier too; a table of which nothing is known has keys that are one identifier.
///
/// ```swift
/// // account ID, moment, account ID: a conversation's messages are together and in order of time
/// let history = KeyLayout(.fixed(33), .number(Int64.self), .fixed(33))
/// ```
public struct KeyLayout: Hashable, Sendable {
    public enum Part: Hashable, Sendable {
        /// What `KeyWriter.fixed` wrote: an identifier of so many bytes.
        case fixed(Int)
        /// What `KeyWriter.bytes` or `.text` wrote: an identifier of any number of bytes.
        case bytes
        /// What `KeyWriter.integer` wrote: a number of so many bytes.
        case number(bytes: Int)

        /// What `KeyWriter.integer` writes of such a number.
        public static func number<Value: FixedWidthInteger>(_ type: Value.Type) -> Part {
            .number(bytes: MemoryLayout<Value>.size)
        }
    }

    public let parts: [Part]

    /// - Precondition: at most 16 parts of 1 to 255 bytes each.
    public init(_ parts: Part...) {
        self.init(parts: parts)
    }

    init(parts: [Part]) {
        precondition(Self.isValid(parts), "a key has at most 16 parts of 1 to 255 bytes")
        self.parts = parts
    }

    /// The keys are one identifier.
    public static let opaque = KeyLayout()

    static func isValid(_ parts: [Part]) -> Bool {
        parts.count <= 16
            && parts.allSatisfy { part in
                switch part {
                case .fixed(let count), .number(let count): (1...255).contains(count)
                case .bytes: true
                }
            }
    }
}

extension KeyLayout {
    /// Where the part `index` of a key ends that begins at `start`; nil when the key ends before it is complete.
    /// With no such part, there is no end.
    func end(ofPart index: Int, from start: Int, in key: [UInt8]) -> Int? {
        guard index < parts.count else { return nil }
        switch parts[index] {
        case .fixed(let count), .number(let count):
            return start + count <= key.count ? start + count : nil
        case .bytes:
            var position = start
            while position + 1 < key.count {
                if key[position] == 0, key[position + 1] == 0 { return position + 2 }
                // A zero that belongs to the part has 0xff behind it.
                position += key[position] == 0 ? 2 : 1
            }
            return nil
        }
    }

    func isNumber(_ index: Int) -> Bool {
        guard index < parts.count, case .number = parts[index] else { return false }
        return true
    }

    /// Bytes of the numbers that follow one another from part `index` on.
    func numberSize(from index: Int) -> Int {
        var (size, index) = (0, index)
        while index < parts.count, case .number(let count) = parts[index] { (size, index) = (size + count, index + 1) }
        return size
    }
}

extension KeyLayout: StoredRecord {
    public static let formatVersion: UInt8 = 1

    public func encode(into writer: inout RecordWriter) {
        writer.list(parts) { writer, part in
            switch part {
            case .bytes: writer.byte(0)
            case .fixed(let count):
                writer.byte(1)
                writer.integer(count)
            case .number(let count):
                writer.byte(2)
                writer.integer(count)
            }
        }
    }

    public init(from reader: inout RecordReader, version: UInt8) throws {
        let parts = try reader.list { reader -> Part in
            switch try reader.byte() {
            case 0: return .bytes
            case 1: return .fixed(try reader.integer())
            case 2: return .number(bytes: try reader.integer())
            default: throw StoreError(.corrupted, "a key's layout has an unknown part")
            }
        }
        guard Self.isValid(parts) else { throw StoreError(.corrupted, "a key's layout has an impossible part") }
        self.parts = parts
    }
}
