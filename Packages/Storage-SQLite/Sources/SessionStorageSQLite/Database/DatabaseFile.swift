import Dispatch
import GRDB
import Glibc
import SessionInterfaces
import Synchronization

/// An open database, with the lock that keeps other processes out.
final class DatabaseFile: Sendable {
    let pool: DatabasePool
    private let path: String
    private let lock: Mutex<StoreLock?>

    /// Opens the file at `path`, or makes it. Unless it is just as its last holder left it, all of it is checked.
    init(path: String, readers: Int) throws {
        self.path = path
        let lock = try StoreLock(path: path + "-lock")
        let mark = FileMark(path: path)
        let isAsLeft = mark?.text == lock.parting
        if !isAsLeft, lock.parting != nil, mark?.size ?? 0 == 0 {
            throw StoreError(.corrupted, "the store's file is gone or empty")
        }
        try Self.create(path)
        pool = try withStoreErrors {
            // A pool turns what it opens to write-ahead logging, so it must not be somebody else's.
            let single = try DatabaseQueue(path: path, configuration: Self.configuration(readers: 1))
            try single.inDatabase { database in
                try StoreFormat.establish(in: database)
                if !isAsLeft { try StoreFormat.verify(database) }
            }
            try single.close()
            return try DatabasePool(path: path, configuration: Self.configuration(readers: readers))
        }
        self.lock = Mutex(lock)
    }

    /// Copies what is committed into a new file at `path`, for its owner alone.
    func copy(to path: String) throws {
        guard FileMark(path: path) == nil else {
            throw StoreError(.inaccessible, "there is a file already where the copy should be")
        }
        // SQLite takes an empty file for a new database.
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StoreError(.inaccessible, "the copy cannot be made: \(String(cString: strerror(errno)))")
        }
        Glibc.close(descriptor)
        try withStoreErrors {
            try pool.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [path]) }
        }
    }

    /// Puts on the medium what the log has.
    func flushLog() throws {
        let descriptor = open(path + "-wal", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            // What is not there has nothing to flush.
            guard errno == ENOENT else { throw StoreError(.failed, "the store's log cannot be opened") }
            return
        }
        defer { Glibc.close(descriptor) }
        guard fdatasync(descriptor) == 0 else { throw StoreError(.failed, "the store's log cannot be flushed") }
    }

    /// Waits for the readers and the writer and releases everything.
    func close() {
        lock.withLock { lock in
            guard lock != nil else { return }
            // The connection that closes last puts the log into the file, and only the writing one can. What cannot be
            // put there stays in the log.
            pool.invalidateReadOnlyConnections()
            try? pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
            // It fails with statements in use, of which there are none.
            try? pool.close()
            if let mark = FileMark(path: path) { lock?.part(with: mark.text) }
            lock = nil
        }
    }

    private static func configuration(readers: Int) -> Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = readers
        configuration.foreignKeysEnabled = false
        configuration.prepareDatabase { database in
            // The file may have been tampered with. Nothing of it goes into other files, which would also take time.
            try database.execute(
                sql: "PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY")
        }
        return configuration
    }

    /// Makes the file for its owner alone; SQLite gives its other files the same permissions.
    private static func create(_ path: String) throws {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StoreError(.inaccessible, "the store's file cannot be opened: \(String(cString: strerror(errno)))")
        }
        defer { Glibc.close(descriptor) }
        var status = stat()
        // SQLite takes a file of less than its smallest page for a new one.
        guard fstat(descriptor, &status) == 0, status.st_size == 0 || status.st_size >= 512 else {
            throw StoreError(.corrupted, "the store's file has been cut off")
        }
    }
}
