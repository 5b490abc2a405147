import SessionInterfaces

/// A table whose values are records of one type.
public struct TypedTable<Record: StoredRecord>: Sendable {
    public let table: StoreTable

    public init(_ table: StoreTable) { self.table = table }

    /// Sets the record of `key`.
    public func put(_ record: Record, for key: [UInt8], in transaction: any StoreTransaction) throws {
        try transaction.put(record.stored(), for: key, in: table)
    }

    /// Sets the record of `key` unless it has one; says whether it did.
    @discardableResult
    public func putIfAbsent(_ record: Record, for key: [UInt8], in transaction: any StoreTransaction) throws -> Bool {
        try transaction.putIfAbsent(record.stored(), for: key, in: table)
    }

    /// The record of `key`, or nil.
    public func record(of key: [UInt8], in snapshot: any StoreSnapshot) throws -> Record? {
        try snapshot.value(of: key, in: table).map { try Record(stored: $0) }
    }

    /// Whether `key` has a record.
    public func contains(_ key: [UInt8], in snapshot: any StoreSnapshot) throws -> Bool {
        try snapshot.withValue(of: key, in: table) { _ in } != nil
    }

    /// At most `limit` records of `range`, with their keys.
    public func records(
        _ range: KeyRange = .all, _ direction: ScanDirection = .forward, limit: Int = .max,
        in snapshot: any StoreSnapshot
    ) throws -> [(key: [UInt8], record: Record)] {
        try snapshot.entries(table, range, direction, limit: limit).map { ($0.key, try Record(stored: $0.value)) }
    }

    /// Calls `body` with each record of `range` in order until it returns `.stop`.
    public func scan(
        _ range: KeyRange = .all, _ direction: ScanDirection = .forward, in snapshot: any StoreSnapshot,
        _ body: (_ key: [UInt8], _ record: Record) throws -> ScanStep
    ) throws {
        try snapshot.scan(table, range, direction) { key, value in
            try body([UInt8](key), Record(stored: [UInt8](value)))
        }
    }

    /// Removes the record of `key`; says whether it was there.
    @discardableResult
    public func remove(_ key: [UInt8], in transaction: any StoreTransaction) throws -> Bool {
        try transaction.remove(key, from: table)
    }

    /// Removes every record of `range`; returns how many there were.
    @discardableResult
    public func removeAll(_ range: KeyRange = .all, in transaction: any StoreTransaction) throws -> Int {
        try transaction.removeAll(range, from: table)
    }

    /// Number of records in the whole table.
    public func count(in snapshot: any StoreSnapshot) throws -> Int {
        try snapshot.count(table)
    }
}
