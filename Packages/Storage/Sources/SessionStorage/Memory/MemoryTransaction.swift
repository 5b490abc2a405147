import SessionInterfaces

/// The tables as they will be when the transaction is over.
final class MemoryTransaction: MemoryView, StoreTransaction {
    private(set) var tables: MemoryTables

    init(tables: MemoryTables) { self.tables = tables }

    func put(_ value: [UInt8], for key: [UInt8], in table: StoreTable) throws {
        try StoreLimits.check(key: key)
        try StoreLimits.check(value: value)
        tables[table, default: OrderedEntries()].put(value, for: key)
    }

    func putIfAbsent(_ value: [UInt8], for key: [UInt8], in table: StoreTable) throws -> Bool {
        try StoreLimits.check(value: value)
        guard try withValue(of: key, in: table, { _ in }) == nil else { return false }
        try put(value, for: key, in: table)
        return true
    }

    func remove(_ key: [UInt8], from table: StoreTable) throws -> Bool {
        try StoreLimits.check(key: key)
        return tables[table]?.remove(key) ?? false
    }

    func removeAll(_ range: KeyRange, from table: StoreTable) throws -> Int {
        tables[table]?.removeAll(range) ?? 0
    }
}
