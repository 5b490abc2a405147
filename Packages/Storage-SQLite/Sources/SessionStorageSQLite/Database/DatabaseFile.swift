import Dispatch
import GRDB
import Glibc
import SessionInterfaces
import Synchronization

/// An open database, with the lock that keeps other processes out.
final class DatabaseFile: Sendable {
    let pool: DatabasePool
    private let lock: Mutex<ExclusiveFileLock?>

    /// Opens the file at `path`, or makes it.
    init(path: String, readers: Int) throws {
        lock = Mutex(try ExclusiveFileLock(path: path + "-lock"))
        try Self.create(path)
        pool = try withStoreErrors {
            // A pool turns what it opens to write-ahead logging, so it must not be somebody else's.
            let single = try DatabaseQueue(path: path, configuration: Self.configuration(readers: 1))
            try single.inDatabase { try StoreFormat.establish(in: $0) }
            try single.close()
            return try DatabasePool(path: path, configuration: Self.configuration(readers: readers))
        }
    }

    /// Waits for the readers and the writer and releases everything.
    func close() {
        // It fails when it is closed already, or with statements in use, of which there are none.
        try? pool.close()
        lock.withLock { $0 = nil }
    }

    private static func configuration(readers: Int) -> Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = readers
        configuration.foreignKeysEnabled = false
        configuration.prepareDatabase { database in
            // The file may have been tampered with.
            try database.execute(sql: "PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF")
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
