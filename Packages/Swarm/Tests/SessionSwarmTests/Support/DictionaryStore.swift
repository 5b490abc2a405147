import SessionInterfaces
import Synchronization

/// A store on a dictionary, as far as the pool's cache needs one.
final class DictionaryStore: Store {
    private final class Transaction: StoreTransaction {
        var values: [StoreTable: [[UInt8]: [UInt8]]]

        init(_ values: [StoreTable: [[UInt8]: [UInt8]]]) { self.values = values }

        func withValue<R>(of key: [UInt8], in table: StoreTable, _ body: (RawSpan) throws -> R) throws -> R? {
            guard let value = values[table]?[key] else { return nil }
            return try body(value.span.bytes)
        }

        func scan(
            _ table: StoreTable, _ range: KeyRange, _ direction: ScanDirection,
            _ body: (_ key: RawSpan, _ value: RawSpan) throws -> ScanStep
        ) throws {
            throw StoreError(.failed, "this store does not scan")
        }

        func count(_ table: StoreTable) throws -> Int { values[table]?.count ?? 0 }

        func tables() throws -> [StoreTable] { values.keys.sorted() }

        func put(_ value: [UInt8], for key: [UInt8], in table: StoreTable) throws {
            values[table, default: [:]][key] = value
        }

        func putIfAbsent(_ value: [UInt8], for key: [UInt8], in table: StoreTable) throws -> Bool {
            throw StoreError(.failed, "this store only puts")
        }

        func remove(_ key: [UInt8], from table: StoreTable) throws -> Bool {
            throw StoreError(.failed, "this store only puts")
        }

        func removeAll(_ range: KeyRange, from table: StoreTable) throws -> Int {
            throw StoreError(.failed, "this store only puts")
        }
    }

    private let values = Mutex<[StoreTable: [[UInt8]: [UInt8]]]>([:])

    /// The one value of a table; nil when there is none.
    subscript(table: StoreTable) -> [UInt8]? {
        get { values.withLock { $0[table]?.values.first } }
        set { values.withLock { $0[table] = $0[table]?.compactMapValues { _ in newValue } } }
    }

    func read<R: Sendable>(_ body: @Sendable (any StoreSnapshot) throws -> R) async throws -> R {
        try body(Transaction(values.withLock { $0 }))
    }

    func write<R: Sendable>(
        durability: Durability, _ body: @escaping @Sendable (any StoreTransaction) throws -> R
    ) async throws -> R {
        guard durability == .relaxed else { throw StoreError(.failed, "a cache need not be durable") }
        return try values.withLock { values in
            let transaction = Transaction(values)
            let result = try body(transaction)
            values = transaction.values
            return result
        }
    }

    func statistics() async throws -> StoreStatistics { StoreStatistics(backend: "test", entries: [:], size: 0) }
    func close() async {}
}

/// A store that always fails.
struct BrokenStore: Store {
    func read<R: Sendable>(_ body: @Sendable (any StoreSnapshot) throws -> R) async throws -> R {
        throw StoreError(.failed, "broken")
    }

    func write<R: Sendable>(
        durability: Durability, _ body: @escaping @Sendable (any StoreTransaction) throws -> R
    ) async throws -> R {
        throw StoreError(.failed, "broken")
    }

    func statistics() async throws -> StoreStatistics { throw StoreError(.failed, "broken") }
    func close() async {}
}
