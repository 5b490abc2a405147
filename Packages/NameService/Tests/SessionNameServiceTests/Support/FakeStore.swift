import SessionInterfaces
import Synchronization

/// A store in memory that can be told to fail.
final class FakeStore: Store {
    private let tables = Mutex<[StoreTable: [[UInt8]: [UInt8]]]>([:])
    private let crash: CrashPlan

    init(crash: CrashPlan = CrashPlan()) { self.crash = crash }

    func read<R: Sendable>(_ body: @Sendable (any StoreSnapshot) throws -> R) async throws -> R {
        try body(View(tables.withLock { $0 }))
    }

    func write<R: Sendable>(
        durability: Durability, _ body: @escaping @Sendable (any StoreTransaction) throws -> R
    ) async throws -> R {
        try await crash.around {
            let view = View(self.tables.withLock { $0 })
            let result = try body(view)
            self.tables.withLock { $0 = view.contents }
            return result
        }
    }

    func statistics() async throws -> StoreStatistics { StoreStatistics(backend: "fake", entries: [:], size: 0) }

    func close() async {}

    private final class View: StoreTransaction {
        var contents: [StoreTable: [[UInt8]: [UInt8]]]

        init(_ contents: [StoreTable: [[UInt8]: [UInt8]]]) { self.contents = contents }

        func withValue<R>(of key: [UInt8], in table: StoreTable, _ body: (RawSpan) throws -> R) throws -> R? {
            try contents[table]?[key].map { try body($0.span.bytes) }
        }

        func scan(
            _ table: StoreTable, _ range: KeyRange, _ direction: ScanDirection,
            _ body: (_ key: RawSpan, _ value: RawSpan) throws -> ScanStep
        ) throws {
            let entries = (contents[table] ?? [:]).filter { range.contains($0.key) }
                .sorted { $0.key.lexicographicallyPrecedes($1.key) }
            for (key, value) in direction == .forward ? entries : entries.reversed() {
                guard try body(key.span.bytes, value.span.bytes) == .next else { return }
            }
        }

        func count(_ table: StoreTable) throws -> Int { contents[table]?.count ?? 0 }
        func tables() throws -> [StoreTable] { contents.keys.sorted() }
        func put(_ value: [UInt8], for key: [UInt8], in table: StoreTable) throws {
            contents[table, default: [:]][key] = value
        }

        func putIfAbsent(_ value: [UInt8], for key: [UInt8], in table: StoreTable) throws -> Bool {
            guard contents[table]?[key] == nil else { return false }
            try put(value, for: key, in: table)
            return true
        }

        func remove(_ key: [UInt8], from table: StoreTable) throws -> Bool {
            contents[table]?.removeValue(forKey: key) != nil
        }

        func removeAll(_ range: KeyRange, from table: StoreTable) throws -> Int {
            let keys = (contents[table] ?? [:]).keys.filter(range.contains)
            for key in keys { contents[table]?.removeValue(forKey: key) }
            return keys.count
        }
    }
}

/// The end of a process at one of its steps outwards, before or after the step took effect.
final class CrashPlan: Sendable {
    struct Crash: Error {}

    private let state: Mutex<(count: Int, step: Int?, isAfter: Bool)>

    /// - Parameter step: the number of the step that fails, from 0; nil means none.
    init(at step: Int? = nil, isAfter: Bool = false) { state = Mutex((0, step, isAfter)) }

    /// Steps taken so far.
    var count: Int { state.withLock { $0.count } }

    /// From now on nothing fails.
    func recover() { state.withLock { $0.step = nil } }

    func around<R: Sendable>(_ body: () async throws -> R) async throws -> R {
        let (isNow, isAfter) = state.withLock { state in
            defer { state.count += 1 }
            return (state.count == state.step, state.isAfter)
        }
        if isNow, !isAfter { throw Crash() }
        let result = try await body()
        if isNow { throw Crash() }
        return result
    }
}
