public import SessionInterfaces

/// An order in which records can be found besides that of their keys.
public struct SecondaryIndex<Record: StoredRecord>: Sendable {
    /// Where the index is kept. Nothing else may write there.
    public let table: StoreTable
    let terms: @Sendable (_ key: [UInt8], _ record: Record) -> [[UInt8]]

    /// - Parameter terms: what a record is found by: none, one or several, each built with a `KeyWriter`, of parts that
    ///   are complete in themselves. They depend on key and record alone.
    public init(_ table: StoreTable, terms: @escaping @Sendable (_ key: [UInt8], _ record: Record) -> [[UInt8]]) {
        self.table = table
        self.terms = terms
    }

    /// The stored keys: each term, then the key of the record, so that records with one term are in order of their keys.
    func entries(_ key: [UInt8], _ record: Record) -> Set<[UInt8]> {
        Set(terms(key, record).map { $0 + key })
    }

    /// Keys of records by their terms.
    /// - Parameter range: of terms; `.prefix(term)` finds the records with that very term.
    public func keys(
        _ range: KeyRange = .all, _ direction: ScanDirection = .forward, limit: Int = .max,
        in snapshot: any StoreSnapshot
    ) throws -> [[UInt8]] {
        try snapshot.entries(table, range, direction, limit: limit).map(\.value)
    }
}

/// A table of records with secondary indices, which cannot drift: whatever changes a record changes its place in every
/// index, in the same transaction.
public struct IndexedTable<Record: StoredRecord>: Sendable {
    /// For reading. What is written past the indices is missing in them.
    public let records: TypedTable<Record>
    public let indices: [SecondaryIndex<Record>]

    public init(_ table: StoreTable, _ indices: SecondaryIndex<Record>...) {
        records = TypedTable(table)
        self.indices = indices
    }

    /// Sets the record of `key`.
    public func put(_ record: Record, for key: [UInt8], in transaction: any StoreTransaction) throws {
        let previous = try records.record(of: key, in: transaction)
        try records.put(record, for: key, in: transaction)
        for index in indices {
            let (before, after) = (previous.map { index.entries(key, $0) } ?? [], index.entries(key, record))
            for entry in before.subtracting(after) { try transaction.remove(entry, from: index.table) }
            for entry in after.subtracting(before) { try transaction.put(key, for: entry, in: index.table) }
        }
    }

    /// Sets the record of `key` unless it has one; says whether it did.
    @discardableResult
    public func putIfAbsent(_ record: Record, for key: [UInt8], in transaction: any StoreTransaction) throws -> Bool {
        guard try !records.contains(key, in: transaction) else { return false }
        try put(record, for: key, in: transaction)
        return true
    }

    /// Removes the record of `key`; says whether it was there.
    @discardableResult
    public func remove(_ key: [UInt8], in transaction: any StoreTransaction) throws -> Bool {
        guard let record = try records.record(of: key, in: transaction) else { return false }
        try records.remove(key, in: transaction)
        for index in indices {
            for entry in index.entries(key, record) { try transaction.remove(entry, from: index.table) }
        }
        return true
    }

    /// Removes every record of `range`; returns how many there were.
    @discardableResult
    public func removeAll(_ range: KeyRange = .all, in transaction: any StoreTransaction) throws -> Int {
        var removed = 0
        try records.scan(range, in: transaction) { key, _ in
            removed += try remove(key, in: transaction) ? 1 : 0
            return .next
        }
        return removed
    }

    /// The records that `index` has in `range`, in its order.
    public func records(
        by index: SecondaryIndex<Record>, _ range: KeyRange = .all, _ direction: ScanDirection = .forward,
        limit: Int = .max, in snapshot: any StoreSnapshot
    ) throws -> [(key: [UInt8], record: Record)] {
        try index.keys(range, direction, limit: limit, in: snapshot).map { key in
            guard let record = try records.record(of: key, in: snapshot) else {
                throw StoreError(.corrupted, "the index '\(index.table)' names a record that is not there")
            }
            return (key, record)
        }
    }

    /// Makes all indices anew: for an index that is new, or finds other terms than before.
    public func rebuildIndices(in transaction: any StoreTransaction) throws {
        for index in indices { try transaction.removeAll(.all, from: index.table) }
        try records.scan(in: transaction) { key, record in
            for index in indices {
                for entry in index.entries(key, record) { try transaction.put(key, for: entry, in: index.table) }
            }
            return .next
        }
    }

    /// Compares the indices with the records.
    /// - Throws: `StoreError(.corrupted)` when they do not say the same.
    public func verifyIndices(in snapshot: any StoreSnapshot) throws {
        for index in indices {
            var expected = 0
            try records.scan(in: snapshot) { key, record in
                for entry in index.entries(key, record) {
                    expected += 1
                    guard try snapshot.value(of: entry, in: index.table) == key else { throw drifted(index) }
                }
                return .next
            }
            guard try snapshot.count(index.table) == expected else { throw drifted(index) }
        }
    }

    private func drifted(_ index: SecondaryIndex<Record>) -> StoreError {
        StoreError(.corrupted, "the index '\(index.table)' and its records do not say the same")
    }
}
