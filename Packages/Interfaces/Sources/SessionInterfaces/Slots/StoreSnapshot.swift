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

extension StoreTransaction {
    /// Sets the value of `key` when it is `expected` now; says whether it did. With nil for `expected`, when it has none.
    @discardableResult
    public func replace(
        _ expected: [UInt8]?, with value: [UInt8], for key: [UInt8], in table: StoreTable
    ) throws -> Bool {
        guard let expected else { return try putIfAbsent(value, for: key, in: table) }
        let isExpected = try withValue(of: key, in: table) { found in
            found.withUnsafeBytes { $0.elementsEqual(expected) }
        }
        guard isExpected == true else { return false }
        try put(value, for: key, in: table)
        return true
    }

    /// Removes every entry whose key begins with `prefix`; returns how many there were.
    @discardableResult
    public func removeAll(withPrefix prefix: [UInt8], from table: StoreTable) throws -> Int {
        try removeAll(.prefix(prefix), from: table)
    }
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

extension [UInt8] {
    /// A copy of the bytes of a span.
    public init(_ span: RawSpan) {
        self = span.withUnsafeBytes { [UInt8]($0) }
    }
}
