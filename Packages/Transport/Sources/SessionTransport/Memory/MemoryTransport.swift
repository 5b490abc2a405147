import SessionInterfaces
import Synchronization

/// A transport within the process: each authority is served by a closure. For tests and demonstrations.
///
/// It keeps the slot's promises as `CurlTransport` does: the same requests are refused, the time limit, cancellation
/// and the size limit hold, and whatever the closure does afterwards is ignored. Certificates do not exist here, so
/// every closure counts as trusted.
public final class MemoryTransport: Transport {
    /// Answers the requests to one authority. A `TransportError` thrown by it reaches the caller as it is, any other
    /// error as `.interrupted`. Its task is cancelled when nobody waits for the answer any more.
    public typealias Handler = @Sendable (TransportRequest) async throws -> TransportResponse

    private struct State {
        var handlers: [String: Handler] = [:]
        var down: Set<String> = []
        var pending: [ObjectIdentifier: MemoryExchange] = [:]
        var isClosed = false
    }

    private let state: Mutex<State>

    /// - Parameter handlers: by authority, such as `127.0.0.1:4443`, compared without regard to case.
    public init(_ handlers: [String: Handler] = [:]) {
        let handlers = Dictionary(handlers.map { ($0.lowercased(), $1) }, uniquingKeysWith: { _, last in last })
        state = Mutex(State(handlers: handlers))
    }

    /// Lets `handler` answer for `authority`, in place of a previous one; nil makes the authority unknown.
    public func serve(_ authority: String, with handler: Handler?) {
        state.withLock { $0.handlers[authority.lowercased()] = handler }
    }

    /// Makes requests to `authority` fail with `.unreachable`, or no longer. Requests on their way are not affected.
    public func setDown(_ isDown: Bool, _ authority: String) {
        state.withLock { state in
            if isDown {
                state.down.insert(authority.lowercased())
            } else {
                state.down.remove(authority.lowercased())
            }
        }
    }

    public func send(_ request: TransportRequest) async throws -> TransportResponse {
        try Task.checkCancellation()
        let outgoing = try OutgoingRequest(request)
        let exchange = MemoryExchange()
        let handler = try admit(exchange, to: outgoing.authority.lowercased())
        defer { state.withLock { $0.pending[ObjectIdentifier(exchange)] = nil } }
        return try await exchange.run(outgoing, handler)
    }

    public func shutdown() async {
        let pending = state.withLock { state in
            state.isClosed = true
            return state.pending.values.map(\.self)
        }
        for exchange in pending { exchange.finish(.failure(Self.closed)) }
    }

    private static let closed = TransportError(.closed, "the transport was shut down")

    private func admit(_ exchange: MemoryExchange, to authority: String) throws(TransportError) -> Handler {
        let outcome: Result<Handler, TransportError> = state.withLock { state in
            guard !state.isClosed else { return .failure(Self.closed) }
            guard let handler = state.handlers[authority], !state.down.contains(authority) else {
                return .failure(TransportError(.unreachable, "the host cannot be reached (\(authority))"))
            }
            state.pending[ObjectIdentifier(exchange)] = exchange
            return .success(handler)
        }
        return try outcome.get()
    }
}
