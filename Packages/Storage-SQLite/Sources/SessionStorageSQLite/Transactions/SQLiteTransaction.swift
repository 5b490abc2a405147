import SessionInterfaces

/// What one body may read and change.
final class SQLiteTransaction: StoreTransaction {
    private let entries: Entries
    /// By how many entries the tables have grown, not yet noted.
    private var growth: [StoreTable: Int] = [:]

    init(_ entries: Entries) { self.entries = entries }

    /// Notes how many entries the tables have now.
    func finish() throws {
        for (table, difference) in growth where difference != 0 {
            try entries.changeCount(table, by: difference)
        }
    }

    func withValue<R>(of key: [UInt8], in table: StoreTable, _ body: (RawSpan) throws -> R) throws -> R? {
        try entries.withValue(of: key, in: table, body)
    }

    func scan(
        _ table: StoreTable, _ range: KeyRange, _ direction: ScanDirection,
        _ body: (RawSpan, RawSpan) throws -> ScanStep
    ) throws {
        try entries.scan(table, range, direction, body)
    }

    func count(_ table: StoreTable) throws -> Int {
        try entries.count(table) + growth[table, default: 0]
    }

    func tables() throws -> [StoreTable] { entries.tables }

    func put(_ value: [UInt8], for key: [UInt8], in table: StoreTable) throws {
        _ = try put(value, for: key, in: table, replacing: true)
    }

    func putIfAbsent(_ value: [UInt8], for key: [UInt8], in table: StoreTable) throws -> Bool {
        try put(value, for: key, in: table, replacing: false)
    }

    func remove(_ key: [UInt8], from table: StoreTable) throws -> Bool {
        guard try entries.remove(key, from: table) else { return false }
        growth[table, default: 0] -= 1
        return true
    }

    func removeAll(_ range: KeyRange, from table: StoreTable) throws -> Int {
        let removed = try entries.removeAll(range, from: table)
        growth[table, default: 0] -= removed
        return removed
    }

    private func put(_ value: [UInt8], for key: [UInt8], in table: StoreTable, replacing: Bool) throws -> Bool {
        guard try entries.put(value, for: key, in: table, replacing: replacing) else { return false }
        growth[table, default: 0] += 1
        return true
    }
}
