import SessionInterfaces

/// What a router remembers of earlier requests, as far as verdicts depend on it. Bounded.
struct RoutingHistory: Sendable {
    private static let maximumDestinations = 256

    /// Requests that arrived damaged since the list of nodes was last doubted.
    private(set) var damagedRequests = 0
    private var destinationErrors: [Ed25519PublicKey: Int] = [:]

    func errors(of destination: Destination) -> Int {
        destination.serviceNodeKey.flatMap { destinationErrors[$0] } ?? 0
    }

    mutating func note(_ failure: OnionFailure, _ verdict: RoutingVerdict) {
        if verdict.doubtsNodes {
            damagedRequests = 0
        } else if case .refused(let answer) = failure, answer.meaning == .requestDamaged {
            damagedRequests += 1
        }
    }

    mutating func note(_ reply: OnionReply, of destination: Destination, _ verdict: RoutingVerdict) {
        guard let key = destination.serviceNodeKey else { return }
        guard reply.status == 500, verdict.strikes[key] == nil else {
            destinationErrors[key] = nil
            return
        }
        if destinationErrors.count >= Self.maximumDestinations { destinationErrors = [:] }
        destinationErrors[key, default: 0] += 1
    }
}
