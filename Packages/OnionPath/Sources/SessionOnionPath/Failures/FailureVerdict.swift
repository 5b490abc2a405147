import SessionInterfaces

/// What follows from a failed attempt: who is to blame, whether to try again, and what to say when that is the end.
/// Follows protocol document 02, sections 2.7 and 2.9.
struct FailureVerdict: Hashable, Sendable {
    enum Retry: Hashable, Sendable {
        case never
        case now
        /// On another path, after a pause.
        case later
    }

    /// Strikes against nodes.
    var strikes: [Ed25519PublicKey: NodeStrike] = [:]
    /// All this counts only if a later attempt of the same request gets an answer: that the client is offline, or the
    /// destination silent, is not the fault of the path.
    var awaitsProof = false
    /// Counts against the path.
    var strikesPath = false
    /// The path is of no use any more.
    var dropsPath = false
    /// Nodes that this request must not meet again.
    var avoided: Set<Ed25519PublicKey> = []
    var retry: Retry
    /// What to throw when there are no more attempts.
    var error: RouterError

    init(_ failure: OnionFailure, on path: [ServiceNode], to destination: Destination) {
        let context = Context(path: path, destination: destination)
        switch failure {
        case .guardUnreachable(let cause):
            self.init(.now, .noPath, "the guard of the path cannot be reached", cause)
            blame(context.guardKey, .transient)
            awaitsProof = true
            dropsPath = true
        case .timedOut:
            self.init(.now, .timedOut, "no answer came through the path in time")
            awaitsProof = true
            strikesPath = true
        case .refused(let answer):
            self.init(answer, context)
        case .undecryptable(let cause):
            self.init(.now, .invalidResponse, "the answer does not come from the destination", cause)
            strikesPath = true
        case .malformedReply(let cause):
            self.init(.never, .invalidResponse, "the destination's answer cannot be read", cause)
        case .replyTooLarge(let cause):
            self.init(.never, .invalidResponse, "the answer is too large", cause)
        case .invalidRequest(let cause):
            self.init(.never, .invalidRequest, "the request cannot be sent", cause)
        case .localFault(let cause):
            let code: RouterError.Code = cause.code == .invalidRequest ? .invalidRequest : .noPath
            self.init(.never, code, "the transport cannot send to the guard", cause)
        }
    }

    private init(_ answer: PlainAnswer, _ context: Context) {
        switch answer.meaning {
        case .nextNodeMissing(let key) where context.isDestination(key):
            self.init(.never, .destinationUnreachable, "the destination cannot be reached from the path")
            strikes[key] = .permanent
        case .nextNodeMissing(let key) where context.isRelay(key):
            self.init(.now, .pathFailed, "a node of the path cannot be reached")
            blame(key, .permanent)
            strikesPath = true
        case .nodeNotReady(let key) where context.isDestination(key):
            self.init(.never, .destinationUnreachable, "the destination is not ready")
            strikes[key] = .transient
        case .nodeNotReady(let key) where context.isRelay(key):
            self.init(.now, .pathFailed, "a node of the path is not ready")
            blame(key, .transient)
        case .guardNotReady:
            self.init(.now, .pathFailed, "the guard of the path is not ready")
            blame(context.guardKey, .transient)
        case .rateLimited:
            self.init(.later, .rateLimited, "a node of the path asks to send less")
            avoided = [context.guardKey]
        case .requestRefused:
            self.init(.never, .invalidRequest, "the path refuses the request with status \(answer.status)")
        case .unauthenticated:
            self.init(.now, .invalidResponse, "an unauthenticated answer has status \(answer.status)")
            strikesPath = true
        case .nextNodeSilent:
            self.init(.now, .timedOut, "a node of the path did not answer in time")
            strikesPath = true
        case .unknown where context.isServer:
            self.init(server: answer)
        case .nextNodeMissing, .nodeNotReady, .pathBroken, .unknown:
            // A name that is neither on the path nor the destination is worth nothing.
            self.init(.now, .pathFailed, "the path failed with status \(answer.status) (\(answer.text))")
            strikesPath = true
        }
    }

    /// Not the path's text, so the server's front end or the last hop's word on it. Trying again would not help.
    private init(server answer: PlainAnswer) {
        switch answer.status {
        case 502, 504:
            self.init(.never, .destinationUnreachable, "the server cannot be reached (\(answer.text))")
        default:
            self.init(.never, .invalidResponse, "the server answered outside the onion with status \(answer.status)")
        }
    }

    private init(_ retry: Retry, _ code: RouterError.Code, _ message: String, _ cause: (any Error)? = nil) {
        self.retry = retry
        error = RouterError(code, message, underlying: cause)
    }

    private mutating func blame(_ key: Ed25519PublicKey, _ strike: NodeStrike) {
        strikes[key] = strike
        avoided.insert(key)
    }

    private struct Context {
        let path: [ServiceNode]
        let destination: Destination

        var guardKey: Ed25519PublicKey { path[0].ed25519Key }

        var isServer: Bool {
            if case .server = destination { true } else { false }
        }

        func isDestination(_ key: Ed25519PublicKey) -> Bool {
            if case .serviceNode(let node) = destination { node.ed25519Key == key } else { false }
        }

        /// A node that another node of the path could name; none names the guard.
        func isRelay(_ key: Ed25519PublicKey) -> Bool {
            path.dropFirst().contains { $0.ed25519Key == key }
        }
    }
}
