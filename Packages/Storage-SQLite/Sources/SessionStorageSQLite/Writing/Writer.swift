import GRDB
import SessionInterfaces
import Synchronization

/// The one that writes, on the queue of the pool's writing connection. What has gathered while it was busy it commits
/// together, so that many writers share the wait for the medium.
final class Writer: Sendable {
    private struct State {
        var pending: [WriteRequest] = []
        var isClosed = false
        /// What the connection is set to; nil until it has been set.
        var durability: Durability?
    }

    private let file: DatabaseFile
    private let state = Mutex(State())

    init(_ file: DatabaseFile) { self.file = file }

    var isClosed: Bool { state.withLock(\.isClosed) }

    func submit(_ request: WriteRequest) {
        let waiting: Int? = state.withLock { state in
            guard !state.isClosed else { return nil }
            state.pending.append(request)
            return state.pending.count
        }
        switch waiting {
        case nil: request.fail(StoreError(.closed, "the store is closed"))
        case 1: file.pool.asyncWriteWithoutTransaction { self.commitPending(in: $0) }
        default: break
        }
    }

    /// Turns away later writes and waits for those before.
    func close() async {
        state.withLock { $0.isClosed = true }
        await withCheckedContinuation { continuation in
            file.pool.asyncWriteWithoutTransaction { _ in continuation.resume() }
        }
    }

    private func commitPending(in database: Database) {
        let requests = state.withLock { state in
            defer { state.pending = [] }
            return state.pending
        }
        commit(requests, in: database)
    }

    private func commit(_ requests: [WriteRequest], in database: Database) {
        do {
            let outcomes = try withStoreErrors {
                do {
                    try setDurability(requests.contains { $0.durability == .full } ? .full : .relaxed, of: database)
                    return try Batch.commit(requests, in: database)
                } catch let error as DatabaseError {
                    throw error.refined(by: database)
                }
            }
            for (request, outcome) in zip(requests, outcomes) {
                switch outcome {
                case .success(let handOver): handOver()
                case .failure(let error): request.fail(error)
                }
            }
        } catch {
            // Whoever is to blame, nobody suffers from another's write.
            guard requests.count == 1 else { return requests.forEach { commit([$0], in: database) } }
            requests[0].fail(error)
        }
    }

    /// Whether a commit waits until the log is on the medium. Without waiting, a power failure may take the last commits,
    /// but the log's checksums see to it that the rest is whole.
    private func setDurability(_ durability: Durability, of database: Database) throws {
        guard state.withLock({ $0.durability != durability }) else { return }
        try database.execute(sql: "PRAGMA synchronous = \(durability == .full ? "FULL" : "NORMAL")")
        state.withLock { $0.durability = durability }
    }
}
