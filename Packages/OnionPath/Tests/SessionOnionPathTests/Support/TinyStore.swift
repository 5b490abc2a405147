import SessionInterfaces
import Synchronization

/// As much of a store as one record needs.
final class TinyStore: Store {
    struct Contents: StoreTransaction {
        var values: [[UInt8]: [UInt8]] = [:]

        func withValue<R>(of key: [UInt8], in table: StoreTable, _ body: (RawSpan) throws -> R) throws -> R? {
            guard let value = values[key] else { return nil }
            return try body(value.span.bytes)
        }
        func scan(
            _ table: StoreTable, _ range: KeyRange, _ direction: ScanDirection,
            _ body: (_ key: RawSpan, _ value: RawSpan) throws -> ScanStep
        ) throws { throw unsupported }
        func count(_ table: StoreTable) throws -> Int { values.count }
        func tables() throws -> [StoreTable] { throw unsupported }
        func put(_ value: [UInt8], for key: [UInt8], in table: StoreTable) throws { throw unsupported }
        func putIfAbsent(_ value: [UInt8], for key: [UInt8], in table: StoreTable) throws -> Bool { throw unsupported }
        func remove(_ key: [UInt8], from table: StoreTable) throws -> Bool { throw unsupported }
        func removeAll(_ range: KeyRange, from table: StoreTable) throws -> Int { throw unsupported }

        private var unsupported: StoreError { StoreError(.failed, "not in this store") }
    }

    /// Collects what is put.
    private final class Transaction: StoreTransaction {
        var contents: Contents

        init(_ contents: Contents) { self.contents = contents }

        func withValue<R>(of key: [UInt8], in table: StoreTable, _ body: (RawSpan) throws -> R) throws -> R? {
            try contents.withValue(of: key, in: table, body)
        }
        func scan(
            _ table: StoreTable, _ range: KeyRange, _ direction: ScanDirection,
            _ body: (_ key: RawSpan, _ value: RawSpan) throws -> ScanStep
        ) throws { try contents.scan(table, range, direction, body) }
        func count(_ table: StoreTable) throws -> Int { try contents.count(table) }
        func tables() throws -> [StoreTable] { try contents.tables() }
        func put(_ value: [UInt8], for key: [UInt8], in table: StoreTable) throws { contents.values[key] = value }
        func putIfAbsent(_ value: [UInt8], for key: [UInt8], in table: StoreTable) throws -> Bool {
            try contents.putIfAbsent(value, for: key, in: table)
        }
        func remove(_ key: [UInt8], from table: StoreTable) throws -> Bool { try contents.remove(key, from: table) }
        func removeAll(_ range: KeyRange, from table: StoreTable) throws -> Int {
            try contents.removeAll(range, from: table)
        }
    }

    private let contents = Mutex(Contents())
    private let isBroken: Bool

    init(isBroken: Bool = false) { self.isBroken = isBroken }

    var values: [[UInt8]] { contents.withLock { Array($0.values.values) } }

    func spoil(_ change: (inout [UInt8]) -> Void) {
        contents.withLock { contents in
            for key in contents.values.keys { change(&contents.values[key, default: []]) }
        }
    }

    func read<R: Sendable>(_ body: @Sendable (any StoreSnapshot) throws -> R) async throws -> R {
        if isBroken { throw StoreError(.corrupted, "broken") }
        return try body(contents.withLock { $0 })
    }

    func write<R: Sendable>(
        durability: Durability, _ body: @escaping @Sendable (any StoreTransaction) throws -> R
    ) async throws -> R {
        if isBroken { throw StoreError(.full, "broken") }
        let transaction = Transaction(contents.withLock { $0 })
        let result = try body(transaction)
        let changed = transaction.contents
        contents.withLock { $0 = changed }
        return result
    }

    func statistics() async throws -> StoreStatistics { StoreStatistics(backend: "tiny", entries: [:], size: 0) }
    func close() async {}
}
