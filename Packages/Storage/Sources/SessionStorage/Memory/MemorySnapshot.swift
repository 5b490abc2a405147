import SessionInterfaces

/// What a snapshot and a transaction in memory read alike.
protocol MemoryView: StoreSnapshot {
    var tables: MemoryTables { get }
}

extension MemoryView {
    func withValue<R>(of key: [UInt8], in table: StoreTable, _ body: (RawSpan) throws -> R) throws -> R? {
        try StoreLimits.check(key: key)
        guard let value = tables[table]?[key] else { return nil }
        return try body(value.span.bytes)
    }

    func scan(
        _ table: StoreTable, _ range: KeyRange, _ direction: ScanDirection,
        _ body: (RawSpan, RawSpan) throws -> ScanStep
    ) throws {
        try tables[table]?.scan(range, direction, body)
    }

    func count(_ table: StoreTable) throws -> Int { tables[table]?.count ?? 0 }

    func tables() throws -> [StoreTable] { tables.keys.sorted() }
}

struct MemorySnapshot: MemoryView {
    let tables: MemoryTables
}
