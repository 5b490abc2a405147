import CLMDB
import Glibc
import SessionInterfaces
import Synchronization

/// An open LMDB environment: a directory with the data file, LMDB's table of readers, and the lock that keeps other
/// processes out.
///
/// Reads may come from any thread. Everything else is for the one thread that writes.
final class Environment: Sendable {
    // An `MDB_env` may be shared among threads. What is not safe with readers about waits for them to leave.
    private nonisolated(unsafe) let handle: OpaquePointer
    private let database: MDB_dbi
    private let readers = ReaderPool()
    let tableNumbers = TableNumbers()
    private let lock: Mutex<StoreLock?>
    private let dataFile: String
    let isReadOnly: Bool

    /// Opens the environment in `directory`, which is made when it does not exist.
    /// - Parameters:
    ///   - mapSize: bytes to begin with; the map grows by itself.
    ///   - isReadOnly: nothing is made or changed, and others may read too.
    init(directory: String, mapSize: Int, isReadOnly: Bool) throws {
        guard isReadOnly || mkdir(directory, 0o700) == 0 || errno == EEXIST else {
            throw StoreError(
                .inaccessible, "the store's directory cannot be made", underlying: LMDBError(code: errno))
        }
        self.isReadOnly = isReadOnly
        dataFile = directory + "/data.mdb"
        let lock = try StoreLock(path: directory + "/store.lock", isShared: isReadOnly)
        try Self.inspect(dataFile, parting: lock.parting)
        self.lock = Mutex(lock)
        var created: OpaquePointer?
        try check(mdb_env_create(&created))
        guard let created else { throw LMDBError(code: ENOMEM).storeError }
        do {
            try Self.openFiles(created, directory, mapSize, isReadOnly)
            database = try Self.prepare(created, isReadOnly)
        } catch {
            mdb_env_close(created)
            throw error
        }
        handle = created
        guard !isReadOnly else { return }
        Self.synchronize(directory)
        Self.synchronize(directory + "/..")
    }

    deinit { close() }

    func read<R>(_ body: (Tree) throws -> R) throws -> R {
        try readers.read(in: handle) { try body(Tree($0, database)) }
    }

    /// A transaction of the writer's; inside `parent` when there is one.
    func begin(in parent: Tree? = nil) throws -> Tree {
        Tree(try Self.begin(handle, parent: parent?.transaction), database)
    }

    /// Whether commits wait until their last page is on the medium.
    ///
    /// Otherwise the medium may still lack the page that makes the commit count. The pages it refers to are there, and
    /// those of the commit before are intact, so that a power failure leaves one of both.
    func setDurability(_ durability: Durability) throws {
        try check(mdb_env_set_flags(handle, UInt32(MDB_NOMETASYNC), durability == .full ? 0 : 1))
    }

    /// Doubles the map when more than half of it is used, so that hardly any transaction finds it full.
    func reserve() throws {
        let (size, used) = extent()
        if used > size / 2 { try grow() }
    }

    /// Doubles the map. It only takes address space, and the file grows by what is written.
    func grow() throws {
        try readers.withoutReaders {
            let size = extent().size
            let (doubled, overflow) = size.multipliedReportingOverflow(by: 2)
            let code = overflow ? ENOMEM : mdb_env_set_mapsize(handle, doubled)
            // By now LMDB has given up the old map; the place where it was is free.
            if code != MDB_SUCCESS { mdb_env_set_mapsize(handle, size) }
            try check(code)
        }
    }

    /// Finds out whether the file can grow. What is written for that lies behind all pages, and is taken back.
    /// - Throws: `StoreError` with what the system says; `.full` when it has no room.
    func probe() throws {
        var (descriptor, status): (CInt, stat) = (-1, stat())
        try check(mdb_env_get_fd(handle, &descriptor))
        guard fstat(descriptor, &status) == 0 else { throw LMDBError(code: errno).storeError }
        let page = [UInt8](repeating: 0, count: 1 << 16)
        let count = pwrite(descriptor, page, page.count, status.st_size)
        let code = count < 0 ? errno : count < page.count ? ENOSPC : 0
        ftruncate(descriptor, status.st_size)
        guard code == 0 else { throw LMDBError(code: code).storeError }
    }

    /// Bytes of the map, and how many of them have ever been used.
    func extent() -> (size: Int, used: Int) { Self.extent(handle) }

    var pageSize: Int {
        var statistics = MDB_stat()
        mdb_env_stat(handle, &statistics)
        return Int(statistics.ms_psize)
    }

    /// Waits for the readers and releases everything.
    func close() {
        guard readers.close() else { return }
        mdb_env_close(handle)
        lock.withLock { lock in
            if !isReadOnly, let mark = FileMark(path: dataFile) { lock?.part(with: mark.text) }
            lock = nil
        }
    }

    /// Checks every page and entry of the data file. For the thread that writes.
    func verify() throws {
        try DataFileCheck.run(dataFile)
    }

    /// Copies what is committed to a new data file in `directory`, without the pages that hold nothing.
    func copy(to directory: String) throws {
        guard mkdir(directory, 0o700) == 0 else {
            throw StoreError(
                .inaccessible, "the directory for the copy cannot be made", underlying: LMDBError(code: errno))
        }
        try check(mdb_env_copy2(handle, directory, UInt32(MDB_CP_COMPACT)))
        Self.synchronize(directory)
    }
}

extension Environment {
    /// Checks the data file, unless it is just as its last holder left it.
    private static func inspect(_ dataFile: String, parting: String?) throws {
        let mark = FileMark(path: dataFile)
        guard mark?.text != parting else { return }
        if let mark, mark.size > 0 { return try DataFileCheck.run(dataFile) }
        guard parting == nil else { throw StoreError(.corrupted, "the store's data file is gone or empty") }
    }

    private static func openFiles(
        _ handle: OpaquePointer, _ directory: String, _ mapSize: Int, _ isReadOnly: Bool
    ) throws {
        try check(mdb_env_set_maxreaders(handle, UInt32(ReaderPool.maximum)))
        // LMDB wants whole pages.
        try check(mdb_env_set_mapsize(handle, (max(mapSize, 1 << 20) + 0xffff) & ~0xffff))
        // Who only reads is kept apart from those who write by the lock, and LMDB's own would have to be written.
        try check(mdb_env_open(handle, directory, UInt32(isReadOnly ? MDB_RDONLY | MDB_NOLOCK : MDB_NOTLS), 0o600))
        // Another process held the store when it ended: its readers no longer count.
        try check(mdb_reader_check(handle, nil))
        guard mdb_env_get_maxkeysize(handle) >= StoredKey.maximumSize else {
            throw StoreError(.failed, "liblmdb was built for keys of less than \(StoredKey.maximumSize) bytes")
        }
        if !isReadOnly { try fillFile(handle) }
    }

    /// Makes the file as long as its header says.
    ///
    /// LMDB does not write pages that a transaction took and gave back, so a sound file may be too short, and to touch
    /// its map beyond the end would end the process.
    private static func fillFile(_ handle: OpaquePointer) throws {
        var descriptor: CInt = -1
        var status = stat()
        try check(mdb_env_get_fd(handle, &descriptor))
        guard fstat(descriptor, &status) == 0 else { throw LMDBError(code: errno).storeError }
        let used = extent(handle).used
        guard used < .max else { throw LMDBError(code: MDB_CORRUPTED).storeError }
        guard status.st_size < used else { return }
        guard ftruncate(descriptor, used) == 0 else { throw LMDBError(code: errno).storeError }
    }

    private static func extent(_ handle: OpaquePointer) -> (size: Int, used: Int) {
        var information = MDB_envinfo()
        var statistics = MDB_stat()
        mdb_env_info(handle, &information)
        mdb_env_stat(handle, &statistics)
        let (used, overflow) = (information.me_last_pgno &+ 1).multipliedReportingOverflow(
            by: Int(statistics.ms_psize))
        return (information.me_mapsize, overflow ? .max : used)
    }

    /// Opens the one database inside, and marks it as a store when it is new.
    private static func prepare(_ handle: OpaquePointer, _ isReadOnly: Bool) throws -> MDB_dbi {
        let transaction = try begin(handle, parent: nil, flags: isReadOnly ? UInt32(MDB_RDONLY) : 0)
        var database: MDB_dbi = 0
        var flags: UInt32 = 0
        let tree: Tree
        do {
            try check(mdb_dbi_open(transaction, nil, 0, &database))
            try check(mdb_dbi_flags(transaction, database, &flags))
            guard flags == 0 else { throw LMDBError(code: MDB_INCOMPATIBLE).storeError }
            tree = Tree(transaction, database)
            try StoreFormat.establish(in: tree, isReadOnly: isReadOnly)
        } catch {
            mdb_txn_abort(transaction)
            throw error
        }
        try tree.commit()
        return database
    }

    private static func begin(_ handle: OpaquePointer, parent: OpaquePointer?, flags: UInt32 = 0) throws
        -> OpaquePointer
    {
        var transaction: OpaquePointer?
        try check(mdb_txn_begin(handle, parent, flags, &transaction))
        guard let transaction else { throw LMDBError(code: ENOMEM).storeError }
        return transaction
    }

    /// Puts the names of new files on the medium, as LMDB does not.
    private static func synchronize(_ directory: String) {
        let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        Glibc.close(descriptor)
    }
}
