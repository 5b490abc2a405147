import CLMDB
import SessionInterfaces

/// The read transactions of an environment. A used one is kept, as renewing it costs far less than a new one.
///
/// The map may only grow, and the environment only close, while nobody reads: `withoutReaders` sees to that.
final class ReaderPool: Sendable {
    /// Readers at the same time; a further one waits for one of them to end.
    static let maximum = 120

    private struct State {
        var idle: [OpaquePointer] = []
        var active = 0
        var isHeld = false
        var isClosed = false

        var hasPlace: Bool { isClosed || !isHeld && active < ReaderPool.maximum }
    }

    private let state = Monitor(State())

    /// Runs `body` with a transaction that sees the latest commit.
    func read<R>(in environment: OpaquePointer, _ body: (OpaquePointer) throws -> R) throws -> R {
        let transaction = try enter(environment)
        defer { leave(transaction) }
        return try body(transaction)
    }

    /// Runs `body` when all readers have left, and lets nobody enter meanwhile.
    func withoutReaders<R>(_ body: () throws -> R) rethrows -> R {
        state.withLock { $0.isHeld = true }
        return try state.withLock(when: { $0.active == 0 }) { state in
            defer { state.isHeld = false }
            return try body()
        }
    }

    /// Waits for the readers, ends all transactions and turns away whoever comes later; false when it was closed before.
    func close() -> Bool {
        state.withLock { $0.isHeld = true }
        return state.withLock(when: { $0.active == 0 }) { state in
            guard !state.isClosed else { return false }
            for transaction in state.idle { mdb_txn_abort(transaction) }
            state = State(isClosed: true)
            return true
        }
    }

    private func enter(_ environment: OpaquePointer) throws -> OpaquePointer {
        let idle: OpaquePointer? = try state.withLock(when: \.hasPlace) { state in
            guard !state.isClosed else { throw StoreError(.closed, "the store is closed") }
            state.active += 1
            return state.idle.popLast()
        }
        var transaction = idle
        let code =
            idle.map { mdb_txn_renew($0) } ?? mdb_txn_begin(environment, nil, UInt32(MDB_RDONLY), &transaction)
        guard code == MDB_SUCCESS, let transaction else {
            idle.map { mdb_txn_abort($0) }
            state.withLock { $0.active -= 1 }
            throw LMDBError(code: code).storeError
        }
        return transaction
    }

    private func leave(_ transaction: OpaquePointer) {
        mdb_txn_reset(transaction)
        state.withLock { state in
            state.active -= 1
            state.idle.append(transaction)
        }
    }
}
