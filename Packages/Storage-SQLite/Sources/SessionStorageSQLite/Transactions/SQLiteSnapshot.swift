import SessionInterfaces

/// What one read transaction sees.
struct SQLiteSnapshot: StoreSnapshot {
    let entries: Entries

    func withValue<R>(of key: [UInt8], in table: StoreTable, _ body: (RawSpan) throws -> R) throws -> R? {
        try entries.withValue(of: key, in: table, body)
    }

    func scan(
        _ table: StoreTable, _ range: KeyRange, _ direction: ScanDirection,
        _ body: (RawSpan, RawSpan) throws -> ScanStep
    ) throws {
        try entries.scan(table, range, direction, body)
    }

    func count(_ table: StoreTable) throws -> Int { try entries.count(table) }

    func tables() throws -> [StoreTable] { entries.tables }
}
