import GRDB
import Glibc
import SessionInterfaces
import Synchronization

/// The one that writes, on the queue of the pool's writing connection. What has gathered while it was busy it commits
/// together, so that many writers share the wait for the medium.
final class Writer: Sendable {
    private let file: DatabaseFile
    private let gathering = Gathering()
    /// What the connection is set to; nil until it has been set.
    private let durability = Mutex<Durability?>(nil)
    /// The thread that is writing.
    private let thread = Mutex<pthread_t?>(nil)

    init(_ file: DatabaseFile) { self.file = file }

    var isClosed: Bool { gathering.isClosed }

    /// Whether the caller is the thread that writes.
    var isCaller: Bool { thread.withLock { $0 == pthread_self() } }

    func submit(_ request: WriteRequest) {
        switch gathering.add(request) {
        case .tooLate: request.fail(StoreError(.closed, "the store is closed"))
        case .first: file.pool.asyncWriteWithoutTransaction { self.commitPending(in: $0) }
        case .further: break
        }
    }

    /// Turns away later writes and waits for those before.
    func close() async {
        gathering.close()
        await withCheckedContinuation { continuation in
            file.pool.asyncWriteWithoutTransaction { _ in continuation.resume() }
        }
    }

    private func commitPending(in database: Database) {
        thread.withLock { $0 = pthread_self() }
        defer { thread.withLock { $0 = nil } }
        commit(gathering.take(), in: database)
    }

    private func commit(_ requests: [WriteRequest], in database: Database) {
        do {
            let start = ContinuousClock.now
            let outcomes = try withStoreErrors {
                do {
                    try setDurability(requests.contains { $0.durability == .full } ? .full : .relaxed, of: database)
                    return try Batch.commit(requests, in: database)
                } catch let error as DatabaseError {
                    throw error.refined(by: database)
                }
            }
            gathering.note(.now - start)
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
        guard self.durability.withLock({ $0 != durability }) else { return }
        try database.execute(sql: "PRAGMA synchronous = \(durability == .full ? "FULL" : "NORMAL")")
        // A full write that finds everything as it is has nothing to flush, but may rest on relaxed ones.
        if durability == .full { try file.flushLog() }
        self.durability.withLock { $0 = durability }
    }
}
