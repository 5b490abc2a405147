import Dispatch
import Synchronization

/// The writes that wait, until one commit takes them all.
///
/// Whoever was served by the last commit mostly comes again at once. So the next one waits for as many, though no longer
/// than half the time that a commit takes: a lone writer never waits, and many share one flush instead of two.
final class Gathering: Sendable {
    enum Addition {
        /// Somebody has to take it.
        case first
        case further
        case tooLate
    }

    private struct State {
        var requests: [WriteRequest] = []
        var isClosed = false
        /// How many the last commit took, and how long it took.
        var (expected, patience) = (0, Duration.zero)
        var isAwaited = false
    }

    private let state = Mutex(State())
    private let enough = DispatchSemaphore(value: 0)

    var isClosed: Bool { state.withLock(\.isClosed) }

    func close() { state.withLock { $0.isClosed = true } }

    func add(_ request: WriteRequest) -> Addition {
        state.withLock { state in
            guard !state.isClosed else { return .tooLate }
            state.requests.append(request)
            if state.isAwaited, state.requests.count >= state.expected {
                state.isAwaited = false
                enough.signal()
            }
            return state.requests.count == 1 ? .first : .further
        }
    }

    /// Takes what has gathered.
    func take() -> [WriteRequest] {
        let patience = state.withLock { state in
            state.isAwaited = state.requests.count < state.expected
            return state.isAwaited ? state.patience : nil
        }
        if let patience, enough.wait(timeout: .now() + .microseconds(Int(patience / .microseconds(2)))) == .timedOut {
            // It may have been said just now.
            let wasSaid = state.withLock { state in
                defer { state.isAwaited = false }
                return !state.isAwaited
            }
            if wasSaid { enough.wait() }
        }
        return state.withLock { state in
            defer { state.requests = [] }
            state.expected = state.requests.count
            return state.requests
        }
    }

    /// How long it took to commit what was taken.
    func note(_ time: Duration) { state.withLock { $0.patience = min(time, .milliseconds(20)) } }
}
