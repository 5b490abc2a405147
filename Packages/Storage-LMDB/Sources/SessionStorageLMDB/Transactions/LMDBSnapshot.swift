import SessionInterfaces

/// What one read transaction sees. Keys and values are lent straight from the map.
struct LMDBSnapshot: StoreSnapshot {
    let tree: Tree
    let numbers: TableNumbers

    func withValue<R>(of key: [UInt8], in table: StoreTable, _ body: (RawSpan) throws -> R) throws -> R? {
        try StoreLimits.check(key: key)
        guard let number = try numbers.number(of: table, in: tree),
            let value = try tree.value(of: key, in: number)
        else { return nil }
        return try body(value.bytes)
    }

    func scan(
        _ table: StoreTable, _ range: KeyRange, _ direction: ScanDirection,
        _ body: (RawSpan, RawSpan) throws -> ScanStep
    ) throws {
        guard let number = try numbers.number(of: table, in: tree) else { return }
        try tree.scan(number, range, direction) { key, value in try body(key.bytes, value.bytes) }
    }

    func count(_ table: StoreTable) throws -> Int {
        try tree.note(of: table)?.count ?? 0
    }

    func tables() throws -> [StoreTable] { try tree.catalog().map(\.table) }
}
