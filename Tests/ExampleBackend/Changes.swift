import SessionInterfaces
import SessionStorage

/// What one transaction changed, in order.
struct Changes: StoredRecord {
    enum Change {
        case put(StoreTable, key: [UInt8], value: [UInt8])
        case remove(StoreTable, key: [UInt8])
        case removeAll(StoreTable, KeyRange)
    }

    static let formatVersion: UInt8 = 1
    var list: [Change] = []

    init() {}

    func apply(to transaction: any StoreTransaction) throws {
        for change in list {
            switch change {
            case .put(let table, let key, let value): try transaction.put(value, for: key, in: table)
            case .remove(let table, let key): try transaction.remove(key, from: table)
            case .removeAll(let table, let range): try transaction.removeAll(range, from: table)
            }
        }
    }

    func encode(into writer: inout RecordWriter) {
        writer.list(list) { writer, change in
            switch change {
            case .put(let table, let key, let value):
                writer.byte(1)
                writer.text(table.name)
                writer.bytes(key)
                writer.bytes(value)
            case .remove(let table, let key):
                writer.byte(2)
                writer.text(table.name)
                writer.bytes(key)
            case .removeAll(let table, let range):
                writer.byte(3)
                writer.text(table.name)
                writer.optional(range.lower) { $0.bytes($1) }
                writer.optional(range.upper) { $0.bytes($1) }
            }
        }
    }

    init(from reader: inout RecordReader, version: UInt8) throws {
        list = try reader.list { reader in
            let kind = try reader.byte()
            let table = try StoreTable(reader.text())
            switch kind {
            case 1: return .put(table, key: try reader.bytes(), value: try reader.bytes())
            case 2: return .remove(table, key: try reader.bytes())
            case 3:
                let lower = try reader.optional { try $0.bytes() }
                return .removeAll(table, KeyRange(from: lower, upTo: try reader.optional { try $0.bytes() }))
            default: throw StoreError(.corrupted, "a change is of an unknown kind")
            }
        }
    }
}

/// Passes everything on, and writes down what changes.
final class Recorder: StoreTransaction {
    private let transaction: any StoreTransaction
    private(set) var changes = Changes()

    init(_ transaction: any StoreTransaction) { self.transaction = transaction }

    func withValue<R>(of key: [UInt8], in table: StoreTable, _ body: (RawSpan) throws -> R) throws -> R? {
        try transaction.withValue(of: key, in: table, body)
    }

    func scan(
        _ table: StoreTable, _ range: KeyRange, _ direction: ScanDirection,
        _ body: (RawSpan, RawSpan) throws -> ScanStep
    ) throws {
        try transaction.scan(table, range, direction, body)
    }

    func count(_ table: StoreTable) throws -> Int { try transaction.count(table) }

    func tables() throws -> [StoreTable] { try transaction.tables() }

    func put(_ value: [UInt8], for key: [UInt8], in table: StoreTable) throws {
        try transaction.put(value, for: key, in: table)
        changes.list.append(.put(table, key: key, value: value))
    }

    func putIfAbsent(_ value: [UInt8], for key: [UInt8], in table: StoreTable) throws -> Bool {
        guard try transaction.putIfAbsent(value, for: key, in: table) else { return false }
        changes.list.append(.put(table, key: key, value: value))
        return true
    }

    func remove(_ key: [UInt8], from table: StoreTable) throws -> Bool {
        guard try transaction.remove(key, from: table) else { return false }
        changes.list.append(.remove(table, key: key))
        return true
    }

    func removeAll(_ range: KeyRange, from table: StoreTable) throws -> Int {
        let count = try transaction.removeAll(range, from: table)
        if count > 0 { changes.list.append(.removeAll(table, range)) }
        return count
    }
}
