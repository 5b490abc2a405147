import GRDBSQLite

/// SQLite with nothing around it: prepared statements on one connection, the same table and the same log.
final class RawSQLite: RawStore {
    private var database: OpaquePointer?
    private var statements: [String: OpaquePointer] = [:]
    private let copying = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    init(_ path: String) throws {
        try check(sqlite3_open(path, &database))
        try execute("PRAGMA journal_mode = WAL")
        try execute("CREATE TABLE IF NOT EXISTS entries (key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID")
    }

    deinit {
        for statement in statements.values { sqlite3_finalize(statement) }
        sqlite3_close(database)
    }

    func insert(_ numbers: Range<Int>, isDurable: Bool) throws {
        try execute("PRAGMA synchronous = \(isDurable ? "FULL" : "NORMAL")")
        try step("BEGIN IMMEDIATE")
        for number in numbers {
            try run("INSERT OR REPLACE INTO entries VALUES (?1, ?2)") { statement in
                bind(StorageSample.key(number), 1, statement)
                bind(StorageSample.value, 2, statement)
                guard sqlite3_step(statement) == SQLITE_DONE else { throw failure }
            }
        }
        try step("COMMIT")
    }

    func read(_ numbers: [Int]) throws -> Int {
        try step("BEGIN")
        var size = 0
        for number in numbers {
            try run("SELECT value FROM entries WHERE key = ?1") { statement in
                bind(StorageSample.key(number), 1, statement)
                guard sqlite3_step(statement) == SQLITE_ROW else { throw failure }
                let bytes = sqlite3_column_blob(statement, 0)
                let count = Int(sqlite3_column_bytes(statement, 0))
                size += [UInt8](UnsafeRawBufferPointer(start: bytes, count: count)).count
            }
        }
        try step("COMMIT")
        return size
    }

    func scan(from number: Int, count: Int) throws -> Int {
        var (size, left) = (0, count)
        try run("SELECT key, value FROM entries WHERE key >= ?1 ORDER BY key") { statement in
            bind(StorageSample.key(number), 1, statement)
            while left > 0, sqlite3_step(statement) == SQLITE_ROW {
                size += sqlite3_column_blob(statement, 1) == nil ? 0 : Int(sqlite3_column_bytes(statement, 1))
                left -= 1
            }
        }
        return size
    }

    func remove(_ numbers: Range<Int>) throws {
        try execute("PRAGMA synchronous = NORMAL")
        try run("DELETE FROM entries WHERE key >= ?1 AND key < ?2") { statement in
            bind(StorageSample.key(numbers.lowerBound), 1, statement)
            bind(StorageSample.key(numbers.upperBound), 2, statement)
            guard sqlite3_step(statement) == SQLITE_DONE else { throw failure }
        }
    }

    private func step(_ sql: String) throws {
        try run(sql) { guard sqlite3_step($0) == SQLITE_DONE else { throw failure } }
    }

    private func run(_ sql: String, _ body: (OpaquePointer?) throws -> Void) throws {
        if statements[sql] == nil {
            var statement: OpaquePointer?
            try check(sqlite3_prepare_v2(database, sql, -1, &statement, nil))
            statements[sql] = statement
        }
        let statement = statements[sql]
        defer { sqlite3_reset(statement) }
        try body(statement)
    }

    private func bind(_ bytes: [UInt8], _ position: CInt, _ statement: OpaquePointer?) {
        _ = bytes.withUnsafeBytes {
            sqlite3_bind_blob64(statement, position, $0.baseAddress, UInt64($0.count), copying)
        }
    }

    private func execute(_ sql: String) throws {
        try check(sqlite3_exec(database, sql, nil, nil, nil))
    }

    private func check(_ code: CInt) throws {
        guard code == SQLITE_OK else { throw failure }
    }

    private var failure: StorageFailure { StorageFailure(description: String(cString: sqlite3_errmsg(database))) }
}
