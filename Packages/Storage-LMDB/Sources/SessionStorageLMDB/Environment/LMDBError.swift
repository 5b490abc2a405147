import CLMDB
import Glibc
import SessionInterfaces

/// What liblmdb reported: one of its own codes, or an `errno`.
struct LMDBError: Error, CustomStringConvertible {
    let code: CInt

    var description: String { "LMDB: \(String(cString: mdb_strerror(code)))" }

    var isMapFull: Bool { code == MDB_MAP_FULL }

    /// LMDB says no more when the medium takes only part of what it is to write.
    var mayBeFull: Bool { code == EIO }

    var storeError: StoreError {
        let (code, message) = meaning
        return StoreError(code, message, underlying: self)
    }

    private var meaning: (StoreError.Code, String) {
        switch code {
        case MDB_INVALID, MDB_CORRUPTED, MDB_PAGE_NOTFOUND, MDB_INCOMPATIBLE:
            (.corrupted, "the store's data file is damaged or is none")
        case MDB_VERSION_MISMATCH:
            (.unsupportedVersion, "the store's data file was written by another version of LMDB")
        case ENOSPC, EDQUOT, EFBIG:
            (.full, "there is no space left for the store")
        case EACCES, EPERM, EROFS, ENOENT, ENOTDIR, EISDIR:
            (.inaccessible, "the store's files cannot be opened, made or written")
        default:
            (.failed, "the store failed")
        }
    }
}

/// Throws the `StoreError` of any code but success.
func check(_ code: CInt) throws {
    guard code == MDB_SUCCESS else { throw LMDBError(code: code).storeError }
}
