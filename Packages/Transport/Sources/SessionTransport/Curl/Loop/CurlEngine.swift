import SessionInterfaces
import Synchronization

/// The way into and out of the loop's thread: requests, cancellations and the end go in, answers come back.
final class CurlEngine: Sendable {
    /// One request with the caller that waits for it.
    struct Submission: Sendable {
        let ticket: UInt64
        let outgoing: OutgoingRequest
        let continuation: CheckedContinuation<TransportResponse, any Error>
    }

    /// What the loop has to do next.
    struct Orders: Sendable {
        var submissions: [Submission] = []
        var cancellations: [UInt64] = []
        var isClosing = false

        var isEmpty: Bool { submissions.isEmpty && cancellations.isEmpty && !isClosing }
    }

    private struct State {
        var orders = Orders()
        var isFinished = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let tickets = Atomic<UInt64>(0)
    private let multi: MultiHandle

    init(_ configuration: CurlTransport.Configuration) throws(TransportError) {
        let multi = try MultiHandle(configuration)
        self.multi = multi
        try DedicatedThread.start { [self] in
            TransferLoop(multi, configuration).run(for: self)
            multi.destroy()
            finish()
        }
    }

    /// Sends `outgoing` and waits for its answer; cancelling the task ends the transfer.
    func run(_ outgoing: OutgoingRequest) async throws -> TransportResponse {
        let ticket = tickets.wrappingAdd(1, ordering: .relaxed).newValue
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                submit(Submission(ticket: ticket, outgoing: outgoing, continuation: continuation))
                // A cancellation that came before the submission found nothing to cancel: repeat it.
                if Task.isCancelled { cancel(ticket) }
            }
        } onCancel: {
            cancel(ticket)
        }
    }

    /// Tells the loop to end; `waiter` is resumed when it has. May be called any number of times.
    func close(then waiter: CheckedContinuation<Void, Never>? = nil) {
        let isFinished = state.withLock { state in
            if !state.orders.isClosing {
                state.orders.isClosing = true
                multi.wake()
            }
            if let waiter, !state.isFinished { state.waiters.append(waiter) }
            return state.isFinished
        }
        if isFinished { waiter?.resume() }
    }

    /// Everything ordered since the last call. The loop's thread calls it.
    func takeOrders() -> Orders {
        state.withLock { state in
            let orders = state.orders
            state.orders = Orders(isClosing: orders.isClosing)
            return orders
        }
    }

    private func submit(_ submission: Submission) {
        let isAccepted = order { $0.submissions.append(submission) }
        guard !isAccepted else { return }
        submission.continuation.resume(throwing: TransportError(.closed, "the transport was shut down"))
    }

    private func cancel(_ ticket: UInt64) {
        order { $0.cancellations.append(ticket) }
    }

    /// Adds to the orders and wakes the loop, unless it is ending: then its handle may be gone.
    @discardableResult
    private func order(_ change: (inout Orders) -> Void) -> Bool {
        state.withLock { state in
            guard !state.orders.isClosing else { return false }
            let wasEmpty = state.orders.isEmpty
            change(&state.orders)
            if wasEmpty { multi.wake() }
            return true
        }
    }

    private func finish() {
        let waiters = state.withLock { state in
            state.isFinished = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }
}
