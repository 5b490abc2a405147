import Dispatch
import SessionInterfaces

/// The one that writes, on a queue of its own. What has gathered while it was busy it commits together, so that many
/// writers share the wait for the medium.
final class Writer: Sendable {
    private let environment: Environment
    private let gathering = Gathering()
    private let queue = DispatchQueue(label: "SessionStorageLMDB.Writer")

    init(_ environment: Environment) { self.environment = environment }

    func submit(_ request: WriteRequest) {
        guard !environment.isReadOnly else {
            return request.fail(StoreError(.readOnly, "the store was opened for reading alone"))
        }
        switch gathering.add(request) {
        case .tooLate: request.fail(StoreError(.closed, "the store is closed"))
        case .first: queue.async { self.commit(self.gathering.take()) }
        case .further: break
        }
    }

    /// Runs `body` while nothing is written.
    func pause(_ body: @escaping @Sendable () throws -> Void) async throws {
        guard !gathering.isClosed else { throw StoreError(.closed, "the store is closed") }
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try body() }) }
        }
    }

    /// Writes what was submitted before, then closes the environment.
    func close() async {
        gathering.close()
        await withCheckedContinuation { continuation in
            queue.async {
                self.environment.close()
                continuation.resume()
            }
        }
    }

    private func commit(_ requests: [WriteRequest]) {
        do {
            let start = ContinuousClock.now
            let outcomes = try outcomes(of: requests)
            gathering.note(.now - start)
            for (request, outcome) in zip(requests, outcomes) {
                switch outcome {
                case .success(let handOver): handOver()
                case .failure(let error): request.fail(error)
                }
            }
        } catch {
            // Whoever is to blame, nobody suffers from another's write.
            guard requests.count == 1 else { return requests.forEach { commit([$0]) } }
            requests[0].fail(error)
        }
    }

    /// Commits the writes, in a larger map when this one is full.
    private func outcomes(of requests: [WriteRequest]) throws -> [Batch.Outcome] {
        let durability: Durability = requests.contains { $0.durability == .full } ? .full : .relaxed
        try environment.setDurability(durability)
        try environment.reserve()
        while true {
            do {
                return try Batch.commit(requests, to: environment)
            } catch let error as StoreError {
                guard let cause = error.underlying as? LMDBError else { throw error }
                if cause.mayBeFull { try environment.probe() }
                guard cause.isMapFull else { throw error }
                try environment.grow()
            }
        }
    }
}
