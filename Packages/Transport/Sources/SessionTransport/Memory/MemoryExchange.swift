import SessionInterfaces
import Synchronization

/// One request to a handler. The first of answer, time limit, cancellation and shutdown decides; the rest is ignored.
final class MemoryExchange: Sendable {
    private typealias Outcome = Result<TransportResponse, any Error>

    private enum State {
        case pending
        case awaited(CheckedContinuation<TransportResponse, any Error>)
        case finished(Result<TransportResponse, any Error>)
    }

    private let state = Mutex(State.pending)

    func run(_ outgoing: OutgoingRequest, _ handler: @escaping MemoryTransport.Handler) async throws
        -> TransportResponse
    {
        let work = Task { finish(await Self.outcome(of: handler, for: outgoing.request)) }
        let timer = Task {
            try await Task.sleep(until: outgoing.deadline, clock: .continuous)
            finish(.failure(TransportError(.timedOut, "no complete answer within \(outgoing.request.timeLimit)")))
        }
        defer {
            work.cancel()
            timer.cancel()
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { wait($0) }
        } onCancel: {
            finish(.failure(CancellationError()))
        }
    }

    func finish(_ result: Result<TransportResponse, any Error>) {
        let waiter: CheckedContinuation<TransportResponse, any Error>? = state.withLock { state in
            switch state {
            case .finished: return nil
            case .pending:
                state = .finished(result)
                return nil
            case .awaited(let waiter):
                state = .finished(result)
                return waiter
            }
        }
        waiter?.resume(with: result)
    }

    private func wait(_ waiter: CheckedContinuation<TransportResponse, any Error>) {
        let result: Result<TransportResponse, any Error>? = state.withLock { state in
            if case .finished(let result) = state { return result }
            state = .awaited(waiter)
            return nil
        }
        if let result { waiter.resume(with: result) }
    }

    private static func outcome(of handler: MemoryTransport.Handler, for request: TransportRequest) async -> Outcome {
        let sent = Int64(request.body.count)
        request.progress?(TransferProgress(sent: sent, sentTotal: sent, received: 0, receivedTotal: nil))
        do {
            let response = try await handler(request)
            let received = response.body.count
            guard received <= request.maximumResponseSize else {
                let limit = request.maximumResponseSize
                return .failure(TransportError(.responseTooLarge, "the answer is larger than \(limit) bytes"))
            }
            let total = Int64(received)
            request.progress?(TransferProgress(sent: sent, sentTotal: sent, received: total, receivedTotal: total))
            return .success(response)
        } catch let error as TransportError {
            return .failure(error)
        } catch {
            return .failure(TransportError(.interrupted, "the handler failed", underlying: error))
        }
    }
}
