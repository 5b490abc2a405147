import GRDB
import SessionInterfaces

/// By what a store knows its own file: application ID and user version of the SQLite header.
enum StoreFormat {
    static let version: Int64 = 1
    /// "SesS".
    private static let applicationID: Int64 = 0x5365_7353

    /// One table for all entries, because statements then stay the same whatever the tables of the store are called.
    /// Blobs compare byte by byte, which is the order of keys.
    private static let schema = """
        PRAGMA application_id = \(applicationID);
        PRAGMA user_version = \(version);
        CREATE TABLE tables (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, entry_count INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE entries (
            table_id INTEGER NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL, PRIMARY KEY (table_id, key)
        ) STRICT, WITHOUT ROWID;
        """

    /// Makes an empty database a store, or checks that it is one.
    /// - Throws: `StoreError(.corrupted)` for a database of another kind, `StoreError(.unsupportedVersion)`.
    static func establish(in database: Database) throws {
        guard try integer(database, "PRAGMA application_id") == applicationID else {
            guard try integer(database, "SELECT count(*) FROM sqlite_schema") == 0 else {
                throw StoreError(.corrupted, "the file is an SQLite database, but no store")
            }
            return try database.inTransaction(.immediate) {
                try database.execute(sql: schema)
                return .commit
            }
        }
        let found = try integer(database, "PRAGMA user_version")
        guard found <= version else {
            throw StoreError(
                .unsupportedVersion, "the store has format \(found), but this program knows \(version)")
        }
    }

    /// The integer that a statement without arguments gives.
    static func integer(_ database: Database, _ sql: String) throws -> Int64 {
        let query = try Query(database, sql)
        return try query.step() ? query.integer(0) : 0
    }
}
