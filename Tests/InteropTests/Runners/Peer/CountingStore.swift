import SessionInterfaces
import Synchronization

/// Counts the entries that are visited, so that a test can tell a look-up from a walk.
final class CountingStore: Store {
    private let base: any Store
    private let visited = Counter()

    init(_ base: any Store) { self.base = base }

    /// Entries visited since the last call.
    func takeCount() -> Int { visited.take() }

    func read<R: Sendable>(_ body: @Sendable (any StoreSnapshot) throws -> R) async throws -> R {
        try await base.read { try body(CountingSnapshot(base: $0, visited: self.visited)) }
    }

    func write<R: Sendable>(
        durability: Durability, _ body: @escaping @Sendable (any StoreTransaction) throws -> R
    ) async throws -> R {
        try await base.write(durability: durability, body)
    }

    func statistics() async throws -> StoreStatistics { try await base.statistics() }
    func close() async { await base.close() }
}

private final class Counter: Sendable {
    private let count = Mutex(0)

    func add() { count.withLock { $0 += 1 } }

    func take() -> Int {
        count.withLock { count in
            defer { count = 0 }
            return count
        }
    }
}

private struct CountingSnapshot: StoreSnapshot {
    let base: any StoreSnapshot
    let visited: Counter

    func withValue<R>(of key: [UInt8], in table: StoreTable, _ body: (RawSpan) throws -> R) throws -> R? {
        visited.add()
        return try base.withValue(of: key, in: table, body)
    }

    func scan(
        _ table: StoreTable, _ range: KeyRange, _ direction: ScanDirection,
        _ body: (_ key: RawSpan, _ value: RawSpan) throws -> ScanStep
    ) throws {
        try base.scan(table, range, direction) { key, value in
            visited.add()
            return try body(key, value)
        }
    }

    func count(_ table: StoreTable) throws -> Int { try base.count(table) }
    func tables() throws -> [StoreTable] { try base.tables() }
}
