import GRDB
import GRDBSQLite
import Glibc
import SessionInterfaces

extension DatabaseError {
    var storeError: StoreError {
        let (code, message) = meaning
        return StoreError(code, message, underlying: self)
    }

    private var meaning: (StoreError.Code, String) {
        switch resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: (.corrupted, "the store's file is damaged or is none")
        case .SQLITE_FULL: (.full, "there is no space left for the store")
        case .SQLITE_BUSY, .SQLITE_LOCKED: (.locked, "another process is busy with the store's file")
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_AUTH:
            (.inaccessible, "the store's files cannot be opened, made or written")
        case .SQLITE_MISUSE: (.closed, "the store is closed")
        default: (.failed, "the store failed")
        }
    }
}

extension DatabaseError {
    /// SQLite tells of one way in which a medium is full; of the others only the system does.
    func refined(by database: Database) -> DatabaseError {
        let causes = [ENOSPC, EDQUOT, EFBIG]
        guard resultCode == .SQLITE_IOERR, causes.contains(sqlite3_system_errno(database.sqliteConnection)) else {
            return self
        }
        return DatabaseError(resultCode: .SQLITE_FULL, message: message)
    }
}

/// Runs `body` and turns the database's errors into the store's.
func withStoreErrors<R>(_ body: () throws -> R) throws -> R {
    do {
        return try body()
    } catch let error as DatabaseError {
        throw error.storeError
    }
}
