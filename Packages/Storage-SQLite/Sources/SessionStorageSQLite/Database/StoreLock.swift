import Glibc
import SessionInterfaces

/// A lock on a file that is held until its holder lets go or ends, however it ends. The file names the holder, and then
/// bears what the holder noted when it left.
struct StoreLock: ~Copyable {
    private let descriptor: CInt
    /// What the last holder noted on leaving; nil when it ended without.
    let parting: String?

    /// - Parameter isShared: others may hold it too, if they share.
    /// - Throws: `StoreError(.locked)` at once when the lock is held, be it by this process.
    init(path: String, isShared: Bool = false) throws {
        descriptor = open(path, (isShared ? O_RDONLY : O_RDWR | O_CREAT) | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StoreError(.inaccessible, "the lock file cannot be opened: \(String(cString: strerror(errno)))")
        }
        // A lock of the open file, not of the process: it also keeps out a second opening here.
        let isHeld = flock(descriptor, (isShared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0
        let lines = Self.lines(descriptor)
        guard isHeld else {
            Glibc.close(descriptor)
            let holder = lines.first.flatMap { Int32($0) }
            throw StoreError(.locked, "the store is in use by \(holder.map { "process \($0)" } ?? "another process")")
        }
        parting = lines.count > 1 ? String(lines[1]) : nil
        if !isShared { Self.replace(descriptor, with: "\(getpid())\n") }
    }

    deinit { Glibc.close(descriptor) }

    /// Leaves a note for the next holder.
    func part(with note: String) {
        Self.replace(descriptor, with: "\(getpid())\n\(note)\n")
    }

    private static func lines(_ descriptor: CInt) -> [Substring] {
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self).split(separator: "\n")
    }

    /// A courtesy, on which the lock does not depend.
    private static func replace(_ descriptor: CInt, with text: String) {
        let bytes = Array(text.utf8)
        _ = ftruncate(descriptor, 0)
        _ = pwrite(descriptor, bytes, bytes.count, 0)
    }
}

/// Whether a file is as it was: its size, inode and moment of last change.
struct FileMark {
    let size: Int
    let text: String

    /// Nil when there is no such file.
    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        size = status.st_size
        text = "\(status.st_size) \(status.st_ino) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
    }
}
