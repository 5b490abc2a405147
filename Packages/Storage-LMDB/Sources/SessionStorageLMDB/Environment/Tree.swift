import CLMDB
import SessionInterfaces

/// The database as one LMDB transaction sees it: stored keys and their values, nothing of tables.
///
/// The bytes it hands out lie in the map. They are valid until the transaction changes something or ends.
final class Tree {
    let transaction: OpaquePointer
    private let database: MDB_dbi
    /// Stays where the last put was: the next one is often close by, and then needs no way down from the root.
    private var writing: OpaquePointer?
    /// The first error of the transaction, which then cannot be committed, whatever became of the error.
    private(set) var failure: LMDBError?

    init(_ transaction: OpaquePointer, _ database: MDB_dbi) {
        self.transaction = transaction
        self.database = database
    }

    func value(of key: [UInt8]) throws -> UnsafeRawBufferPointer? {
        try key.withValue { key in
            var key = key
            var value = MDB_val()
            guard try found(mdb_get(transaction, database, &key, &value)) else { return nil }
            return try StoredValue.checked(UnsafeRawBufferPointer(value), key: UnsafeRawBufferPointer(key))
        }
    }

    /// The value of `key` as LMDB has it, with nothing said of its checksum.
    func unchecked(_ key: [UInt8]) throws -> UnsafeRawBufferPointer? {
        try key.withValue { key in
            var key = key
            var value = MDB_val()
            return try found(mdb_get(transaction, database, &key, &value)) ? UnsafeRawBufferPointer(value) : nil
        }
    }

    /// Sets the value of `key` without a checksum.
    func putUnchecked(_ value: [UInt8], for key: [UInt8]) throws {
        try check(
            key.withValue { key in
                value.withValue { value in
                    var (key, value) = (key, value)
                    return mdb_put(transaction, database, &key, &value, 0)
                }
            })
    }

    /// Sets the value of `key`.
    func put(_ value: [UInt8], for key: [UInt8]) throws {
        try check(put(value, for: key, flags: 0))
    }

    /// Sets the value of `key` unless it has one; says whether it did.
    func insert(_ value: [UInt8], for key: [UInt8]) throws -> Bool {
        let code = put(value, for: key, flags: UInt32(MDB_NOOVERWRITE))
        if code == MDB_KEYEXIST { return false }
        try check(code)
        return true
    }

    /// Says whether `key` was there.
    func remove(_ key: [UInt8]) throws -> Bool {
        try key.withValue { key in
            var key = key
            return try found(mdb_del(transaction, database, &key, nil))
        }
    }

    /// Walks from the first key at or after `start` while `body` says so. Walking backward, it begins with `start`
    /// itself when that is a key, else with the last one before it.
    func walk(
        from start: [UInt8], _ direction: ScanDirection,
        _ body: (_ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) throws -> ScanStep
    ) throws {
        var cursor: OpaquePointer?
        try check(mdb_cursor_open(transaction, database, &cursor))
        defer { mdb_cursor_close(cursor) }
        var key = MDB_val()
        var value = MDB_val()
        var isFound = try start.withValue { start in
            key = start
            return try found(mdb_cursor_get(cursor, &key, &value, MDB_SET_RANGE))
        }
        if direction == .backward, !isFound || !start.elementsEqual(UnsafeRawBufferPointer(key)) {
            isFound = try found(mdb_cursor_get(cursor, &key, &value, isFound ? MDB_PREV : MDB_LAST))
        }
        while isFound {
            let lent = UnsafeRawBufferPointer(key)
            guard try body(lent, StoredValue.checked(UnsafeRawBufferPointer(value), key: lent)) == .next else { return }
            isFound = try found(mdb_cursor_get(cursor, &key, &value, direction == .forward ? MDB_NEXT : MDB_PREV))
        }
    }

    /// Removes every entry from the first key at or after `start` on, while `includes` says so; returns how many.
    func removeAll(from start: [UInt8], while includes: (_ key: UnsafeRawBufferPointer) -> Bool) throws -> Int {
        var cursor: OpaquePointer?
        try check(mdb_cursor_open(transaction, database, &cursor))
        defer { mdb_cursor_close(cursor) }
        var (removed, key, value) = (0, MDB_val(), MDB_val())
        var isFound = try start.withValue { start in
            key = start
            return try found(mdb_cursor_get(cursor, &key, &value, MDB_SET_RANGE))
        }
        while isFound, includes(UnsafeRawBufferPointer(key)) {
            try check(mdb_cursor_del(cursor, 0))
            removed += 1
            isFound = try found(mdb_cursor_get(cursor, &key, &value, MDB_NEXT))
        }
        return removed
    }

    /// Pages that hold nothing any more.
    func freePages() throws -> Int {
        var cursor: OpaquePointer?
        // The list of free pages is LMDB's first database.
        try check(mdb_cursor_open(transaction, 0, &cursor))
        defer { mdb_cursor_close(cursor) }
        var (pages, key, value) = (0, MDB_val(), MDB_val())
        while try found(mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) {
            let list = UnsafeRawBufferPointer(value)
            if list.count >= 8 { pages += list.loadUnaligned(as: Int.self) }
        }
        return pages
    }

    func commit() throws {
        closeCursor()
        try check(mdb_txn_commit(transaction))
    }

    func abort() {
        closeCursor()
        mdb_txn_abort(transaction)
    }

    private func closeCursor() {
        if let writing { mdb_cursor_close(writing) }
        writing = nil
    }

    private func put(_ value: [UInt8], for key: [UInt8], flags: UInt32) -> CInt {
        key.withValue { key in
            if writing == nil {
                let code = mdb_cursor_open(transaction, database, &writing)
                guard code == MDB_SUCCESS else { return code }
            }
            var key = key
            var room = MDB_val(mv_size: value.count + StoredValue.checksumSize, mv_data: nil)
            let code = mdb_cursor_put(writing, &key, &room, flags | UInt32(MDB_RESERVE))
            if code == MDB_SUCCESS {
                let room = UnsafeMutableRawBufferPointer(start: room.mv_data, count: room.mv_size)
                StoredValue.write(value, key: UnsafeRawBufferPointer(key), to: room)
            }
            return code
        }
    }

    private func found(_ code: CInt) throws -> Bool {
        if code == MDB_NOTFOUND { return false }
        try check(code)
        return true
    }

    private func check(_ code: CInt) throws {
        guard code != MDB_SUCCESS else { return }
        let error = LMDBError(code: code)
        failure = failure ?? error
        throw error.storeError
    }
}

extension [UInt8] {
    /// LMDB reads what it is given, and changes nothing of it.
    fileprivate func withValue<R>(_ body: (MDB_val) throws -> R) rethrows -> R {
        try withUnsafeBytes { bytes in
            try body(MDB_val(mv_size: bytes.count, mv_data: UnsafeMutableRawPointer(mutating: bytes.baseAddress)))
        }
    }
}

extension UnsafeRawBufferPointer {
    init(_ value: MDB_val) {
        self.init(start: value.mv_data, count: value.mv_size)
    }
}
