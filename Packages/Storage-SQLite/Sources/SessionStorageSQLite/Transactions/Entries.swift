import GRDB
import SessionInterfaces

/// The tables of a store as one transaction of SQLite sees them. Throws `StoreError`.
///
/// It looks up the tables at once, and with that SQLite settles what the transaction sees.
final class Entries {
    private let database: Database
    private var numbers: [StoreTable: Int64] = [:]
    /// The first error of the database, after which nothing is committed, whatever became of the error.
    private(set) var failure: DatabaseError?

    init(_ database: Database) throws {
        self.database = database
        try run("SELECT name, id FROM tables") { query in
            while try query.step() { numbers[try StoreTable(query.text(0))] = query.integer(1) }
        }
    }

    /// In byte order of their names.
    var tables: [StoreTable] { numbers.keys.sorted() }

    func count(_ table: StoreTable) throws -> Int {
        guard let number = numbers[table] else { return 0 }
        return try run("SELECT entry_count FROM tables WHERE id = ?1") { query in
            try query.bind(number, at: 1)
            guard try query.step() else { return 0 }
            guard let count = Int(exactly: query.integer(0)), 0..<(1 << 62) ~= count else {
                throw StoreError(.corrupted, "the number of a table's entries is damaged")
            }
            return count
        }
    }

    /// Adds to the number of entries that is noted for the table.
    func changeCount(_ table: StoreTable, by difference: Int) throws {
        guard let number = numbers[table] else { return }
        try run("UPDATE tables SET entry_count = entry_count + ?2 WHERE id = ?1") { query in
            try query.bind(number, at: 1)
            try query.bind(Int64(difference), at: 2)
            _ = try query.run()
        }
    }

    func withValue<R>(of key: [UInt8], in table: StoreTable, _ body: (RawSpan) throws -> R) throws -> R? {
        try StoreLimits.check(key: key)
        guard let number = numbers[table] else { return nil }
        return try run("SELECT value FROM entries WHERE table_id = ?1 AND key = ?2") { query in
            try query.bind(number, at: 1)
            try query.bind(key, at: 2)
            return try query.step() ? try body(query.bytes(0).bytes) : nil
        }
    }

    func scan(
        _ table: StoreTable, _ range: KeyRange, _ direction: ScanDirection,
        _ body: (RawSpan, RawSpan) throws -> ScanStep
    ) throws {
        guard let number = numbers[table] else { return }
        let upper = range.upper == nil ? "" : "AND key < ?3"
        let order = direction == .forward ? "ASC" : "DESC"
        let sql = "SELECT key, value FROM entries WHERE table_id = ?1 AND key >= ?2 \(upper) ORDER BY key \(order)"
        try run(sql) { query in
            try query.bind(number, at: 1)
            try query.bind(range.lower ?? [], at: 2)
            if let upper = range.upper { try query.bind(upper, at: 3) }
            while try query.step() {
                guard try body(query.bytes(0).bytes, query.bytes(1).bytes) == .next else { return }
            }
        }
    }

    /// Sets the value of `key`, unless it has one that is to stay; says whether it had none.
    func put(_ value: [UInt8], for key: [UInt8], in table: StoreTable, replacing: Bool) throws -> Bool {
        try StoreLimits.check(key: key)
        try StoreLimits.check(value: value)
        let number = try numbers[table] ?? create(table)
        let isNew = try put(value, key, number, "INSERT OR IGNORE INTO entries VALUES (?1, ?2, ?3)")
        if !isNew, replacing {
            _ = try put(value, key, number, "UPDATE entries SET value = ?3 WHERE table_id = ?1 AND key = ?2")
        }
        return isNew
    }

    /// Says whether `key` was there.
    func remove(_ key: [UInt8], from table: StoreTable) throws -> Bool {
        try StoreLimits.check(key: key)
        guard let number = numbers[table] else { return false }
        return try run("DELETE FROM entries WHERE table_id = ?1 AND key = ?2") { query in
            try query.bind(number, at: 1)
            try query.bind(key, at: 2)
            return try query.run() > 0
        }
    }

    /// Returns how many entries there were.
    func removeAll(_ range: KeyRange, from table: StoreTable) throws -> Int {
        guard let number = numbers[table] else { return 0 }
        let upper = range.upper == nil ? "" : "AND key < ?3"
        return try run("DELETE FROM entries WHERE table_id = ?1 AND key >= ?2 \(upper)") { query in
            try query.bind(number, at: 1)
            try query.bind(range.lower ?? [], at: 2)
            if let upper = range.upper { try query.bind(upper, at: 3) }
            return try query.run()
        }
    }

    /// Bytes of all pages of the database.
    func size() throws -> Int {
        Int(
            try StoreFormat.integer(database, "PRAGMA page_count") * StoreFormat.integer(database, "PRAGMA page_size"))
    }

    private func put(_ value: [UInt8], _ key: [UInt8], _ number: Int64, _ sql: String) throws -> Bool {
        try run(sql) { query in
            try query.bind(number, at: 1)
            try query.bind(key, at: 2)
            try query.bind(value, at: 3)
            return try query.run() > 0
        }
    }

    private func create(_ table: StoreTable) throws -> Int64 {
        try run("INSERT INTO tables (name, entry_count) VALUES (?1, 0)") { query in
            try query.bind(table.name, at: 1)
            _ = try query.run()
        }
        numbers[table] = database.lastInsertedRowID
        return database.lastInsertedRowID
    }

    private func run<R>(_ sql: String, _ body: (borrowing Query) throws -> R) throws -> R {
        do {
            return try body(Query(database, sql))
        } catch let error as DatabaseError {
            failure = failure ?? error
            throw error.storeError
        }
    }
}
