import Glibc
import SessionInterfaces

/// A lock that one process holds on a file until it lets go or ends, however it ends. The file names the holder.
struct ExclusiveFileLock: ~Copyable {
    private let descriptor: CInt

    /// - Throws: `StoreError(.locked)` at once when the lock is held, be it by this process.
    init(path: String) throws {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StoreError(.inaccessible, "the lock file cannot be opened", underlying: LMDBError(code: errno))
        }
        // A lock of the open file, not of the process: it also keeps out a second opening here.
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let holder = Self.holder(descriptor)
            Glibc.close(descriptor)
            throw StoreError(.locked, "the store is in use by \(holder)")
        }
        let holder = Array("\(getpid())\n".utf8)
        // The name of the holder is a courtesy; the lock does not depend on it.
        _ = ftruncate(descriptor, 0)
        _ = pwrite(descriptor, holder, holder.count, 0)
    }

    deinit { Glibc.close(descriptor) }

    private static func holder(_ descriptor: CInt) -> String {
        var digits = [UInt8](repeating: 0, count: 16)
        let count = pread(descriptor, &digits, digits.count, 0)
        let text = String(decoding: digits.prefix(max(count, 0)).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        return Int32(text).map { "process \($0)" } ?? "another process"
    }
}
