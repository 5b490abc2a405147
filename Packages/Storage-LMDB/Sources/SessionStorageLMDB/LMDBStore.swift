import Dispatch
import SessionInterfaces

/// A store in a directory of LMDB files.
///
/// Reads run on the caller's thread and copy nothing. Writes run on a thread of the store's own and share commits: with
/// `.full` durability one wait for the medium serves all writers who came meanwhile. `.relaxed` saves one of the two
/// waits of a commit; LMDB cannot do without the other and stay whole through a power failure.
///
/// One process at a time holds the store, until it is closed or let go of. A transaction that finds the map full is run again in a larger one.
public final class LMDBStore: Store {
    private let environment: Environment
    private let writer: Writer

    private init(_ environment: Environment) {
        self.environment = environment
        writer = Writer(environment)
    }

    /// Who waits for a read or a write keeps the store, so that nothing is under way by now. The writer's thread may not
    /// have let go of the environment yet, which is why that is not left to the environment's own end.
    deinit { environment.close() }

    /// Opens the store in `directory`, or makes a new one there (the directory too, but not the ones above it).
    ///
    /// Unless the data file is just as its last holder left it, every page and entry of it is checked first: after a
    /// crash, opening takes as long as reading the file.
    /// - Parameters:
    ///   - initialMapSize: bytes of address space to begin with. It grows by itself, while nobody reads.
    ///   - isReadOnly: opens a store that exists; nothing is changed, and others may open it for reading too.
    /// - Throws: `StoreError`: `.locked` at once when another process, or this one, has it open.
    public static func open(
        _ directory: String, initialMapSize: Int = 1 << 30, isReadOnly: Bool = false
    ) async throws -> LMDBStore {
        try await onItsOwnThread {
            LMDBStore(try Environment(directory: directory, mapSize: initialMapSize, isReadOnly: isReadOnly))
        }
    }

    /// Copies what is committed into a new directory, without the pages that hold nothing; reads and writes go on.
    /// - Throws: `StoreError`; then what was copied so far is of no use.
    public func backUp(to directory: String) async throws {
        try await Self.onItsOwnThread { [environment] in try environment.copy(to: directory) }
    }

    public func read<R: Sendable>(_ body: @Sendable (any StoreSnapshot) throws -> R) async throws -> R {
        try environment.read { try body(LMDBSnapshot(tree: $0, numbers: environment.tableNumbers)) }
    }

    public func write<R: Sendable>(
        durability: Durability, _ body: @escaping @Sendable (any StoreTransaction) throws -> R
    ) async throws -> R {
        try await withCheckedThrowingContinuation { writer.submit(WriteRequest(durability, body, $0)) }
    }

    public func statistics() async throws -> StoreStatistics {
        try environment.read { tree in
            let entries = try tree.catalog().map { ($0.table, $0.note.count) }
            return StoreStatistics(
                backend: "lmdb", formatVersion: Int(StoreFormat.version),
                entries: Dictionary(uniqueKeysWithValues: entries), size: environment.extent().used,
                reusable: try tree.freePages() * environment.pageSize)
        }
    }

    public func verify() async throws {
        try await writer.pause { [environment] in
            try environment.verify()
            try environment.read { try LMDBSnapshot(tree: $0, numbers: environment.tableNumbers).verifyEntries() }
        }
    }

    public func close() async {
        await writer.close()
    }

    private static func onItsOwnThread<R: Sendable>(_ body: @escaping @Sendable () throws -> R) async throws -> R {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try body() }) }
        }
    }
}
