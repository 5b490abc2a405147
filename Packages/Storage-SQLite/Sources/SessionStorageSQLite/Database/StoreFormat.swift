import GRDB
import SessionInterfaces

/// By what a store knows its own file: application ID and user version of the SQLite header.
enum StoreFormat {
    /// Version 1 had no checksums and never left the workshop.
    static let version: Int64 = 2
    /// "SesS".
    private static let applicationID: Int64 = 0x5365_7353

    /// One table for all entries, because statements then stay the same whatever the tables of the store are called.
    /// Blobs compare byte by byte, which is the order of keys. SQLite finds damage to its structure, but not to what it
    /// keeps: for that, every entry has a checksum.
    private static let tables = """
        CREATE TABLE tables (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, entry_count INTEGER NOT NULL
        ) STRICT
        """
    private static let entries = """
        CREATE TABLE entries (
            table_id INTEGER NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL, checksum INTEGER NOT NULL,
            PRIMARY KEY (table_id, key)
        ) STRICT, WITHOUT ROWID
        """

    /// Makes an empty database a store, or checks that it is one.
    /// - Throws: `StoreError(.corrupted)` for a database of another kind, `StoreError(.unsupportedVersion)`.
    static func establish(in database: Database) throws {
        guard try integer(database, "PRAGMA application_id") == applicationID else {
            guard try integer(database, "SELECT count(*) FROM sqlite_schema") == 0 else {
                throw StoreError(.corrupted, "the file is an SQLite database, but no store")
            }
            return try create(in: database)
        }
        let found = try integer(database, "PRAGMA user_version")
        guard found == version else {
            throw StoreError(
                .unsupportedVersion, "the store has format \(found), but this program knows \(version)")
        }
        let schema = try Query(database, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid")
        for expected in [tables, entries] {
            guard try schema.step(), schema.text(0) == expected else {
                throw StoreError(.corrupted, "the description of the store's tables is damaged")
            }
        }
    }

    private static func create(in database: Database) throws {
        try database.inTransaction(.immediate) {
            try database.execute(
                sql: """
                    PRAGMA application_id = \(applicationID);
                    PRAGMA user_version = \(version);
                    \(tables);
                    \(entries);
                    """)
            return .commit
        }
    }

    /// Checks the structure of the file, and every entry.
    /// - Throws: `StoreError(.corrupted)`.
    static func verify(_ database: Database) throws {
        let check = try Query(database, "PRAGMA integrity_check(1)")
        guard try check.step(), check.text(0) == "ok" else {
            throw StoreError(.corrupted, "the store's file is damaged")
        }
        try Entries(database).verify()
    }

    /// The integer that a statement without arguments gives.
    static func integer(_ database: Database, _ sql: String) throws -> Int64 {
        let query = try Query(database, sql)
        return try query.step() ? query.integer(0) : 0
    }
}
