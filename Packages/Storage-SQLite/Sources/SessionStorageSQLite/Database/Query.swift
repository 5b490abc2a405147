import GRDB
import GRDBSQLite

/// One run of a prepared statement, from its arguments to its last row.
///
/// It speaks to SQLite itself where GRDB would wrap every argument and every row: keys and values go in and come out
/// without detours. Preparing and keeping statements is GRDB's.
struct Query: ~Copyable {
    private let database: Database
    private let statement: Statement
    private var handle: OpaquePointer { statement.sqliteStatement }

    init(_ database: Database, _ sql: String) throws {
        self.database = database
        let cached = try database.cachedStatement(sql: sql)
        // The body of a scan may scan in its turn; the rows of the outer one must stay.
        let isInUse = sqlite3_stmt_busy(cached.sqliteStatement) != 0
        statement = isInUse ? try database.makeStatement(sql: sql) : cached
    }

    deinit {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    /// Sets argument `position`, from 1.
    func bind(_ value: Int64, at position: CInt) throws {
        try check(sqlite3_bind_int64(handle, position, value))
    }

    /// Sets argument `position`, from 1.
    func bind(_ value: [UInt8], at position: CInt) throws {
        try check(
            value.withUnsafeBytes { bytes in
                // Without an address, SQLite would take no bytes for NULL.
                bytes.isEmpty
                    ? sqlite3_bind_zeroblob(handle, position, 0)
                    : sqlite3_bind_blob64(handle, position, bytes.baseAddress, UInt64(bytes.count), Self.copying)
            })
    }

    /// Sets argument `position`, from 1.
    func bind(_ value: String, at position: CInt) throws {
        try check(sqlite3_bind_text(handle, position, value, -1, Self.copying))
    }

    /// Goes to the next row, or says that there is none.
    func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw error(code)
        }
    }

    /// Runs a statement that has no rows; returns how many rows of the table it changed.
    func run() throws -> Int {
        while try step() {}
        return Int(sqlite3_changes(database.sqliteConnection))
    }

    func integer(_ column: CInt) -> Int64 {
        sqlite3_column_int64(handle, column)
    }

    /// The bytes of a column. They are valid until the next step.
    func bytes(_ column: CInt) -> UnsafeRawBufferPointer {
        // In this order: asking for the size first could convert the value.
        let address = sqlite3_column_blob(handle, column)
        return UnsafeRawBufferPointer(start: address, count: Int(sqlite3_column_bytes(handle, column)))
    }

    func text(_ column: CInt) -> String {
        String(decoding: bytes(column), as: UTF8.self)
    }

    private func check(_ code: CInt) throws {
        guard code == SQLITE_OK else { throw error(code) }
    }

    private func error(_ code: CInt) -> DatabaseError {
        DatabaseError(resultCode: ResultCode(rawValue: code), message: database.lastErrorMessage)
    }

    /// Tells SQLite to make a copy of an argument.
    private static var copying: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
}
