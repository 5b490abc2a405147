/// The storage slot: named tables of binary keys in byte order.
///
/// - Reads see one consistent snapshot and never wait for the writer.
/// - There is one writer at a time; a write is applied whole or not at all.
/// - Keys are 1 to `StoreLimits.keySize` bytes; values are 0 to `StoreLimits.valueSize` bytes.
/// - A table exists as soon as something is put into it; reading an absent table finds nothing.
///
/// The closures run synchronously on a thread of the store's choosing: do no other work in them. What they receive is
/// valid only until they return. A backend is right when `SessionStorageConformance` passes.
public protocol Store: Sendable {
    /// Runs `body` on a snapshot of the whole store.
    /// - Throws: `StoreError`, or what `body` throws.
    func read<R: Sendable>(_ body: @Sendable (any StoreSnapshot) throws -> R) async throws -> R

    /// Runs `body` in a transaction that sees its own changes, then commits.
    ///
    /// When this returns, the changes are as durable as `durability` says. When it throws, nothing was changed.
    /// A store that has to start again runs `body` again, so it must not change anything else.
    /// - Throws: `StoreError`, or what `body` throws.
    func write<R: Sendable>(
        durability: Durability, _ body: @escaping @Sendable (any StoreTransaction) throws -> R
    ) async throws -> R

    func statistics() async throws -> StoreStatistics

    /// Waits for the writer and releases everything. Further calls fail with `.closed`; closing twice is harmless.
    func close() async
}

extension Store {
    /// A fully durable write.
    public func write<R: Sendable>(
        _ body: @escaping @Sendable (any StoreTransaction) throws -> R
    ) async throws -> R {
        try await write(durability: .full, body)
    }
}

/// When a write counts as done.
public enum Durability: Hashable, Sendable {
    /// On the medium: survives a power failure.
    case full
    /// With the operating system: survives the end of the process; a power failure may lose it, but never corrupts.
    case relaxed
}

/// Sizes every backend accepts.
public enum StoreLimits {
    /// Bytes of the longest key.
    public static let keySize = 4096
    /// Bytes of the largest value.
    public static let valueSize = 256 << 20
    /// Bytes of the longest table name (UTF-8).
    public static let tableNameSize = 64

    /// - Throws: `StoreError(.invalidKey)` unless the key has 1 to `keySize` bytes.
    public static func check(key: [UInt8]) throws(StoreError) {
        guard (1...keySize).contains(key.count) else {
            throw StoreError(.invalidKey, "a key has 1 to \(keySize) bytes, not \(key.count)")
        }
    }

    /// - Throws: `StoreError(.valueTooLarge)` when the value has more than `valueSize` bytes.
    public static func check(value: [UInt8]) throws(StoreError) {
        guard value.count <= valueSize else {
            throw StoreError(.valueTooLarge, "a value has at most \(valueSize) bytes, not \(value.count)")
        }
    }
}

/// The name of a table: 1 to 64 bytes of `a`–`z`, `0`–`9`, `_`, `.` and `-`.
public struct StoreTable: Hashable, Sendable, Comparable, ExpressibleByStringLiteral, CustomStringConvertible {
    public let name: String

    /// - Throws: `StoreError(.invalidTable)`.
    public init(_ name: String) throws(StoreError) {
        guard Self.isValid(name) else {
            throw StoreError(.invalidTable, "the table name is not 1 to 64 of a-z, 0-9, '_', '.' and '-'")
        }
        self.name = name
    }

    /// A name written in the program; a wrong one is a programming error.
    public init(stringLiteral name: StaticString) {
        let name = "\(name)"
        precondition(Self.isValid(name), "invalid table name")
        self.name = name
    }

    private static func isValid(_ name: String) -> Bool {
        (1...StoreLimits.tableNameSize).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
                case UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"): true
                default: false
                }
            }
    }

    public var description: String { name }

    public static func < (left: Self, right: Self) -> Bool {
        left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }
}

/// One consistent view of a store.
public protocol StoreSnapshot {
    /// Calls `body` with the value of `key`, or returns nil when there is none.
    func withValue<R>(of key: [UInt8], in table: StoreTable, _ body: (RawSpan) throws -> R) throws -> R?

    /// Calls `body` with each entry of `range` in order until it returns `.stop`.
    ///
    /// In a transaction `body` may change the table: it still meets each entry once that was there and stays, and may or
    /// may not meet what it adds ahead.
    func scan(
        _ table: StoreTable, _ range: KeyRange, _ direction: ScanDirection,
        _ body: (_ key: RawSpan, _ value: RawSpan) throws -> ScanStep
    ) throws

    /// Number of entries in the whole table.
    func count(_ table: StoreTable) throws -> Int

    /// Every table that has been put into, in byte order of their names. An emptied table may or may not be listed.
    func tables() throws -> [StoreTable]
}

extension StoreSnapshot {
    /// A copy of the value of `key`, or nil.
    public func value(of key: [UInt8], in table: StoreTable) throws -> [UInt8]? {
        try withValue(of: key, in: table) { [UInt8]($0) }
    }

    /// Copies of at most `limit` entries of `range`.
    public func entries(
        _ table: StoreTable, _ range: KeyRange = .all, _ direction: ScanDirection = .forward, limit: Int = .max
    ) throws -> [StoreEntry] {
        var entries: [StoreEntry] = []
        guard limit > 0 else { return entries }
        try scan(table, range, direction) { key, value in
            entries.append(StoreEntry(key: [UInt8](key), value: [UInt8](value)))
            return entries.count < limit ? .next : .stop
        }
        return entries
    }
}

/// A snapshot that can be changed.
public protocol StoreTransaction: StoreSnapshot {
    /// Sets the value of `key`.
    func put(_ value: [UInt8], for key: [UInt8], in table: StoreTable) throws

    /// Sets the value of `key` unless it has one; says whether it did.
    @discardableResult
    func putIfAbsent(_ value: [UInt8], for key: [UInt8], in table: StoreTable) throws -> Bool

    /// Removes `key`; says whether it was there.
    @discardableResult
    func remove(_ key: [UInt8], from table: StoreTable) throws -> Bool

    /// Removes every entry of `range`; returns how many there were.
    @discardableResult
    func removeAll(_ range: KeyRange, from table: StoreTable) throws -> Int
}

public struct StoreEntry: Hashable, Sendable {
    public let key: [UInt8]
    public let value: [UInt8]

    public init(key: [UInt8], value: [UInt8]) {
        self.key = key
        self.value = value
    }
}

public enum ScanDirection: Hashable, Sendable {
    case forward
    case backward
}

public enum ScanStep: Hashable, Sendable {
    case next
    case stop
}

public struct StoreStatistics: Hashable, Sendable {
    /// The backend's name.
    public var backend: String
    /// Number of entries by table.
    public var entries: [StoreTable: Int]
    /// Bytes used on the medium, or in memory for a store without one.
    public var size: Int

    public init(backend: String, entries: [StoreTable: Int], size: Int) {
        self.backend = backend
        self.entries = entries
        self.size = size
    }
}

extension [UInt8] {
    /// A copy of the bytes of a span.
    public init(_ span: RawSpan) {
        self = span.withUnsafeBytes { [UInt8]($0) }
    }
}
