import SessionInterfaces

/// What a snapshot and a transaction of a sealed store read alike.
protocol SealedView: StoreSnapshot {
    var inner: any StoreSnapshot { get }
    var seals: TableSeals { get }
    /// Rises with every change, by which a scan sees that its body made one.
    var changes: Int { get }
}

extension SealedView {
    func withValue<R>(of key: [UInt8], in table: StoreTable, _ body: (RawSpan) throws -> R) throws -> R? {
        try StoreLimits.check(key: key)
        let seal = try seals.seal(of: table)
        let storedKey = seal.storedKey(key)
        guard let entry = try entry(at: storedKey, in: table, seal) else { return nil }
        guard entry.isFor(key) else { throw StoreError(.corrupted, "a sealed entry belongs to another key") }
        return try entry.withSpans { _, value in try body(value) }
    }

    func scan(
        _ table: StoreTable, _ range: KeyRange, _ direction: ScanDirection,
        _ body: (RawSpan, RawSpan) throws -> ScanStep
    ) throws {
        let seal = try seals.seal(of: table)
        guard let sealed = SealedRange.of(range, in: seal) else { return }
        var group: [OpenedEntry] = []
        var isStopped = false
        try inner.scan(table, sealed.stored, direction) { key, value in
            let entry = try seal.open(value, at: [UInt8](key))
            if let size = sealed.groupSize, let last = group.last,
                last.storedKey.prefix(size) != entry.storedKey.prefix(size)
            {
                isStopped = try visit(&group, of: table, range, direction, seal, body) == .stop
                if isStopped { return .stop }
            }
            group.append(entry)
            return .next
        }
        if !isStopped { _ = try visit(&group, of: table, range, direction, seal, body) }
    }

    /// Shows the entries of a group that are in `range` in their order, and empties it.
    private func visit(
        _ group: inout [OpenedEntry], of table: StoreTable, _ range: KeyRange, _ direction: ScanDirection,
        _ seal: TableSeal, _ body: (RawSpan, RawSpan) throws -> ScanStep
    ) throws -> ScanStep {
        defer { group.removeAll(keepingCapacity: true) }
        var keyed = group.map { (key: $0.key, entry: $0) }.filter { range.contains($0.key) }
        if keyed.count > 1 {
            keyed.sort { ($0.key.order(to: $1.key) == .before) == (direction == .forward) }
        }
        let changesBefore = changes
        for (_, read) in keyed {
            // Since it was read, the body may have changed or removed it.
            let current = changes == changesBefore ? read : try entry(at: read.storedKey, in: table, seal)
            if let current, try current.withSpans(body) == .stop { return .stop }
        }
        return .next
    }

    func count(_ table: StoreTable) throws -> Int {
        try TableSeals.check(table)
        return try inner.count(table)
    }

    func tables() throws -> [StoreTable] { try inner.tables().filter { $0 != TableSeals.table } }

    private func entry(at storedKey: [UInt8], in table: StoreTable, _ seal: TableSeal) throws -> OpenedEntry? {
        try inner.withValue(of: storedKey, in: table) { try seal.open($0, at: storedKey) }
    }
}

struct SealedSnapshot: SealedView {
    let inner: any StoreSnapshot
    let seals: TableSeals

    var changes: Int { 0 }
}
