import SessionInterfaces
import Synchronization

/// A store in memory: gone with the process. Its durability is none, whatever is asked for.
///
/// Readers take the current tables, which nothing changes any more; the writer prepares new ones and puts them in their
/// place. So neither waits for the other, and an abandoned transaction has nothing to undo.
public final class MemoryStore: Store {
    private let tables: Mutex<MemoryTables?> = Mutex([:])
    private let writer = Writer()

    public init() {}

    public func read<R: Sendable>(_ body: @Sendable (any StoreSnapshot) throws -> R) async throws -> R {
        try body(MemorySnapshot(tables: current()))
    }

    public func write<R: Sendable>(
        durability: Durability, _ body: @escaping @Sendable (any StoreTransaction) throws -> R
    ) async throws -> R {
        try await writer.run {
            let transaction = MemoryTransaction(tables: try self.current())
            let result = try body(transaction)
            self.tables.withLock { $0 = transaction.tables }
            return result
        }
    }

    public func statistics() async throws -> StoreStatistics {
        let tables = try current()
        return StoreStatistics(
            backend: "memory", entries: tables.mapValues(\.count), size: tables.values.reduce(0) { $0 + $1.size })
    }

    public func close() async {
        await writer.run { self.tables.withLock { $0 = nil } }
    }

    private func current() throws -> MemoryTables {
        guard let tables = tables.withLock({ $0 }) else { throw StoreError(.closed, "the store is closed") }
        return tables
    }

    /// Runs one write after the other.
    private actor Writer {
        func run<R>(_ body: @Sendable () throws -> R) rethrows -> R { try body() }
    }
}

typealias MemoryTables = [StoreTable: OrderedEntries]
