import CLMDB
import Glibc
import SessionInterfaces

/// LMDB with nothing around it: one database, one call for each thing.
final class RawLMDB: RawStore {
    private var environment: OpaquePointer?
    private var database: MDB_dbi = 0

    init(_ directory: String) throws {
        mkdir(directory, 0o700)
        try check(mdb_env_create(&environment))
        try check(mdb_env_set_mapsize(environment, 8 << 30))
        try check(mdb_env_open(environment, directory, UInt32(MDB_NOTLS), 0o600))
        var transaction: OpaquePointer?
        try check(mdb_txn_begin(environment, nil, 0, &transaction))
        try check(mdb_dbi_open(transaction, nil, 0, &database))
        try check(mdb_txn_commit(transaction))
    }

    deinit { mdb_env_close(environment) }

    func insert(_ numbers: Range<Int>, isDurable: Bool) throws {
        try check(mdb_env_set_flags(environment, UInt32(MDB_NOMETASYNC), isDurable ? 0 : 1))
        var transaction: OpaquePointer?
        try check(mdb_txn_begin(environment, nil, 0, &transaction))
        for number in numbers {
            try withValue(StorageSample.key(number)) { key in
                try withValue(StorageSample.value) { value in
                    try check(mdb_put(transaction, database, &key, &value, 0))
                }
            }
        }
        try check(mdb_txn_commit(transaction))
    }

    func read(_ numbers: [Int]) throws -> Int {
        var transaction: OpaquePointer?
        try check(mdb_txn_begin(environment, nil, UInt32(MDB_RDONLY), &transaction))
        defer { mdb_txn_abort(transaction) }
        var size = 0
        for number in numbers {
            try withValue(StorageSample.key(number)) { key in
                var value = MDB_val()
                try check(mdb_get(transaction, database, &key, &value))
                size += [UInt8](UnsafeRawBufferPointer(start: value.mv_data, count: value.mv_size)).count
            }
        }
        return size
    }

    func scan(from number: Int, count: Int) throws -> Int {
        try scan(from: number, count: count) { _, _ in }
    }

    /// Computes the checksum that the toolkit checks, of every entry.
    func checkedScan(from number: Int, count: Int) throws -> UInt64 {
        var sum: UInt64 = 0
        _ = try scan(from: number, count: count) { key, value in
            sum ^= StoreChecksum.of(
                key: UnsafeRawBufferPointer(start: key.mv_data, count: key.mv_size),
                value: UnsafeRawBufferPointer(start: value.mv_data, count: value.mv_size))
        }
        return sum
    }

    private func scan(from number: Int, count: Int, _ body: (MDB_val, MDB_val) -> Void) throws -> Int {
        var (transaction, cursor): (OpaquePointer?, OpaquePointer?) = (nil, nil)
        try check(mdb_txn_begin(environment, nil, UInt32(MDB_RDONLY), &transaction))
        defer { mdb_txn_abort(transaction) }
        try check(mdb_cursor_open(transaction, database, &cursor))
        defer { mdb_cursor_close(cursor) }
        var (size, left, value) = (0, count, MDB_val())
        withValue(StorageSample.key(number)) { key in
            var code = mdb_cursor_get(cursor, &key, &value, MDB_SET_RANGE)
            while code == 0, left > 0 {
                size += value.mv_size
                body(key, value)
                left -= 1
                code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)
            }
        }
        return size
    }

    func remove(_ numbers: Range<Int>) throws {
        try check(mdb_env_set_flags(environment, UInt32(MDB_NOMETASYNC), 1))
        var (transaction, cursor): (OpaquePointer?, OpaquePointer?) = (nil, nil)
        try check(mdb_txn_begin(environment, nil, 0, &transaction))
        try check(mdb_cursor_open(transaction, database, &cursor))
        var (left, value) = (numbers.count, MDB_val())
        try withValue(StorageSample.key(numbers.lowerBound)) { key in
            var code = mdb_cursor_get(cursor, &key, &value, MDB_SET_RANGE)
            while code == 0, left > 0 {
                try check(mdb_cursor_del(cursor, 0))
                left -= 1
                code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)
            }
        }
        mdb_cursor_close(cursor)
        try check(mdb_txn_commit(transaction))
    }

    private func withValue(_ bytes: [UInt8], _ body: (inout MDB_val) throws -> Void) rethrows {
        try bytes.withUnsafeBytes { bytes in
            var value = MDB_val(
                mv_size: bytes.count, mv_data: UnsafeMutableRawPointer(mutating: bytes.baseAddress))
            try body(&value)
        }
    }

    private func check(_ code: CInt) throws {
        guard code == 0 else { throw StorageFailure(description: String(cString: mdb_strerror(code))) }
    }
}

struct StorageFailure: Error, CustomStringConvertible { let description: String }
