import Synchronization

/// Runs an operation once for everybody who wants its result while it runs.
///
/// Who is cancelled leaves at once; when nobody waits any more, the operation is cancelled.
final class SingleFlight<Value: Sendable>: Sendable {
    private struct Flight {
        let number: Int
        let task: Task<Void, Never>
        var waiters: [Int: CheckedContinuation<Value, any Error>]
    }

    private struct State {
        var flight: Flight?
        var lastNumber = 0

        mutating func nextNumber() -> Int {
            lastNumber += 1
            return lastNumber
        }
    }

    private let state = Mutex(State())

    /// The result of the operation that runs already, or of `operation`.
    func value(of operation: @escaping @Sendable () async throws -> Value) async throws -> Value {
        let waiter = state.withLock { $0.nextNumber() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                join(waiter, continuation, operation)
            }
        } onCancel: {
            leave(waiter)
        }
    }

    /// How many wait for the operation that runs now.
    var waiterCount: Int { state.withLock { $0.flight?.waiters.count ?? 0 } }

    private func join(
        _ waiter: Int, _ continuation: CheckedContinuation<Value, any Error>,
        _ operation: @escaping @Sendable () async throws -> Value
    ) {
        let joined = state.withLock { state in
            // A cancellation after this line finds the waiter, for it has to take the lock first.
            guard !Task.isCancelled else { return false }
            if state.flight == nil {
                let number = state.nextNumber()
                let task = Task {
                    let result: Result<Value, any Error>
                    do {
                        result = .success(try await operation())
                    } catch {
                        result = .failure(error)
                    }
                    land(number, result)
                }
                state.flight = Flight(number: number, task: task, waiters: [:])
            }
            state.flight?.waiters[waiter] = continuation
            return true
        }
        if !joined { continuation.resume(throwing: CancellationError()) }
    }

    private func leave(_ waiter: Int) {
        let continuation = state.withLock { state in
            let continuation = state.flight?.waiters.removeValue(forKey: waiter)
            if let flight = state.flight, flight.waiters.isEmpty {
                flight.task.cancel()
                state.flight = nil
            }
            return continuation
        }
        continuation?.resume(throwing: CancellationError())
    }

    private func land(_ number: Int, _ result: Result<Value, any Error>) {
        let waiters = state.withLock { state in
            guard let flight = state.flight, flight.number == number else {
                return [Int: CheckedContinuation<Value, any Error>]()
            }
            state.flight = nil
            return flight.waiters
        }
        for waiter in waiters.values { waiter.resume(with: result) }
    }
}
