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
        return try run("SELECT value, checksum FROM entries WHERE table_id = ?1 AND key = ?2") { query in
            try query.bind(number, at: 1)
            try query.bind(key, at: 2)
            guard try query.step() else { return nil }
            let value = query.bytes(0)
            try key.withUnsafeBytes { try Self.check(query.integer(1), number, $0, value) }
            return try body(value.bytes)
        }
    }

    func scan(
        _ table: StoreTable, _ range: KeyRange, _ direction: ScanDirection,
        _ body: (RawSpan, RawSpan) throws -> ScanStep
    ) throws {
        guard let number = numbers[table] else { return }
        let upper = range.upper == nil ? "" : "AND key < ?3"
        let order = direction == .forward ? "ASC" : "DESC"
        let sql =
            "SELECT key, value, checksum FROM entries WHERE table_id = ?1 AND key >= ?2 \(upper) ORDER BY key \(order)"
        try run(sql) { query in
            try query.bind(number, at: 1)
            try query.bind(range.lower ?? [], at: 2)
            if let upper = range.upper { try query.bind(upper, at: 3) }
            while try query.step() {
                let (key, value) = (query.bytes(0), query.bytes(1))
                try Self.check(query.integer(2), number, key, value)
                guard try body(key.bytes, value.bytes) == .next else { return }
            }
        }
    }

    /// Sets the value of `key`, unless it has one that is to stay; says whether it had none.
    func put(_ value: [UInt8], for key: [UInt8], in table: StoreTable, replacing: Bool) throws -> Bool {
        try StoreLimits.check(key: key)
        try StoreLimits.check(value: value)
        let number = try numbers[table] ?? create(table)
        let isNew = try put(value, key, number, "INSERT OR IGNORE INTO entries VALUES (?1, ?2, ?3, ?4)")
        if !isNew, replacing {
            _ = try put(value, key, number, Self.update)
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

    /// Bytes of all pages of the database, and of those that hold nothing.
    func extent() throws -> (size: Int, reusable: Int) {
        let pageSize = try StoreFormat.integer(database, "PRAGMA page_size")
        return (
            Int(try StoreFormat.integer(database, "PRAGMA page_count") * pageSize),
            Int(try StoreFormat.integer(database, "PRAGMA freelist_count") * pageSize)
        )
    }

    /// Reads every entry, and compares the numbers of entries with those noted.
    func verify() throws {
        for (table, number) in numbers {
            let noted = try count(table)
            var found = 0
            try scan(table, .all, .forward) { _, _ in
                found += 1
                return .next
            }
            guard found == noted else {
                throw StoreError(.corrupted, "table \(number) has \(found) entries, but \(noted) are noted")
            }
        }
        let all = try StoreFormat.integer(database, "SELECT count(*) FROM entries")
        let noted = try numbers.keys.reduce(0) { try $0 + count($1) }
        guard all == noted else { throw StoreError(.corrupted, "there are entries of no table") }
    }

    private static let update = "UPDATE entries SET value = ?3, checksum = ?4 WHERE table_id = ?1 AND key = ?2"

    private static func checksum(_ number: Int64, _ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer)
        -> Int64
    {
        let ofKey = StoreChecksum.of(key, seed: UInt64(bitPattern: number))
        return Int64(bitPattern: StoreChecksum.of(value, seed: ofKey))
    }

    private static func check(
        _ checksum: Int64, _ number: Int64, _ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer
    ) throws {
        guard checksum == Self.checksum(number, key, value) else {
            throw StoreError(.corrupted, "an entry of the store is damaged")
        }
    }

    private func put(_ value: [UInt8], _ key: [UInt8], _ number: Int64, _ sql: String) throws -> Bool {
        let checksum = key.withUnsafeBytes { key in value.withUnsafeBytes { Self.checksum(number, key, $0) } }
        return try run(sql) { query in
            try query.bind(number, at: 1)
            try query.bind(key, at: 2)
            try query.bind(value, at: 3)
            try query.bind(checksum, at: 4)
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
