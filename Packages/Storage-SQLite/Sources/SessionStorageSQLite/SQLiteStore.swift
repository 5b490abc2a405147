import Dispatch
import GRDB
import SessionInterfaces

/// A store in an SQLite file with a write-ahead log.
///
/// Reads run on the caller's thread, each on a connection of its own. Writes run on a thread of the store's own and share
/// commits: with `.full` durability one wait for the medium serves all writers who came meanwhile. With `.relaxed` none
/// is waited for.
///
/// One process at a time holds the store, until it is closed or let go of. Beside the file lie its `-wal`, `-shm` and `-lock`.
public final class SQLiteStore: Store {
    private let file: DatabaseFile
    private let writer: Writer

    private init(_ file: DatabaseFile) {
        self.file = file
        writer = Writer(file)
    }

    /// Who waits for a read or a write keeps the store, so that nothing is under way by now. The writer's thread may not
    /// have let go of the file yet, which is why that is not left to the file's own end.
    deinit {
        if writer.isCaller {
            // A body let go of it, on a thread that would wait for itself.
            DispatchQueue.global().async { [file] in file.close() }
        } else {
            file.close()
        }
    }

    /// Opens the store in the file at `path`, or makes a new one there; the directory must exist.
    ///
    /// Unless the file is just as its last holder left it, all of it is checked first: after a crash, opening takes as
    /// long as reading the file.
    /// - Parameter maximumReaders: connections for reading; with more readers at a time, a further one waits.
    /// - Throws: `StoreError`: `.locked` at once when another process, or this one, has it open.
    public static func open(_ path: String, maximumReaders: Int = 8) async throws -> SQLiteStore {
        try await onItsOwnThread { SQLiteStore(try DatabaseFile(path: path, readers: max(maximumReaders, 1))) }
    }

    public func read<R: Sendable>(_ body: @Sendable (any StoreSnapshot) throws -> R) async throws -> R {
        try read { try body(SQLiteSnapshot(entries: $0)) }
    }

    public func write<R: Sendable>(
        durability: Durability, _ body: @escaping @Sendable (any StoreTransaction) throws -> R
    ) async throws -> R {
        try await withCheckedThrowingContinuation { writer.submit(WriteRequest(durability, body, $0)) }
    }

    public func statistics() async throws -> StoreStatistics {
        try read { entries in
            let counts = try entries.tables.map { ($0, try entries.count($0)) }
            let extent = try entries.extent()
            return StoreStatistics(
                backend: "sqlite", formatVersion: Int(StoreFormat.version),
                entries: Dictionary(uniqueKeysWithValues: counts), size: extent.size, reusable: extent.reusable)
        }
    }

    public func verify() async throws {
        try await Self.onItsOwnThread { [file, writer] in
            guard !writer.isClosed else { throw StoreError(.closed, "the store is closed") }
            try withStoreErrors { try file.pool.read { try StoreFormat.verify($0) } }
        }
    }

    /// Copies what is committed into a new file at `path`, without what holds nothing; reads and writes go on.
    /// - Throws: `StoreError`; then what was copied so far is of no use.
    public func backUp(to path: String) async throws {
        try await Self.onItsOwnThread { [file, writer] in
            guard !writer.isClosed else { throw StoreError(.closed, "the store is closed") }
            try file.copy(to: path)
        }
    }

    public func close() async {
        await writer.close()
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [file] in
                file.close()
                continuation.resume()
            }
        }
    }

    /// Not `async`, so that the pool reads on this thread instead of one of its own.
    private func read<R>(_ body: (Entries) throws -> R) throws -> R {
        guard !writer.isClosed else { throw StoreError(.closed, "the store is closed") }
        return try withStoreErrors {
            try file.pool.read { try body(Entries($0)) }
        }
    }

    private static func onItsOwnThread<R: Sendable>(_ body: @escaping @Sendable () throws -> R) async throws -> R {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try body() }) }
        }
    }
}
