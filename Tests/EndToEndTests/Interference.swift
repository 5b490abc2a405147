import SessionInterfaces
import Synchronization

/// A transport that lets a test act at the moment when a request leaves: once, when armed.
final class Interference: Transport {
    private let base: any Transport
    private let action = Mutex<(@Sendable () async throws -> Void)?>(nil)

    init(_ base: any Transport) { self.base = base }

    /// Runs `action` when the next onion request is about to be sent.
    func beforeNextOnionRequest(_ action: @escaping @Sendable () async throws -> Void) {
        self.action.withLock { $0 = action }
    }

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        if request.head.path == "/onion_req/v2" {
            let armed = action.withLock { action in
                defer { action = nil }
                return action
            }
            try await armed?()
        }
        return try await base.send(request)
    }

    func shutdown() async { await base.shutdown() }
}

/// A transport that reaches nodes but no seed.
final class Seedless: Transport {
    private let base: any Transport

    init(_ base: any Transport) { self.base = base }

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        guard request.head.path != "/json_rpc" else { throw TransportError(.unreachable, "the seeds are gone") }
        return try await base.send(request)
    }

    func shutdown() async { await base.shutdown() }
}
