public import SessionCrypto
public import SessionInterfaces

/// What follows from the end of an attempt: who is to blame, what to do next, what to say when that is the end.
///
/// One pure function of `(failure or reply, state)` for the whole error table, except what concerns the members of a
/// swarm. Follows protocol document 02, sections 2.7, 2.9 and 7.
public struct RoutingVerdict: Hashable, Sendable {
    public enum Course: Hashable, Sendable {
        /// The destination has answered, whatever its status: the caller gets it.
        case deliver
        /// The same request again, over another path, in fresh layers of this encryption.
        case retry(RetryPause, HopEncryption)
        /// This router can do no more for it.
        case giveUp
    }

    /// Strikes against nodes.
    public internal(set) var strikes: [Ed25519PublicKey: NodeStrike] = [:]
    /// The strikes, and what concerns the path, count only if a later attempt gets an answer: that the client is
    /// offline, or the destination silent, is not the fault of the path.
    public internal(set) var awaitsProof = false
    /// Counts against the path.
    public internal(set) var strikesPath = false
    /// The path is of no use any more.
    public internal(set) var dropsPath = false
    /// Nodes that this request must not meet again.
    public internal(set) var avoided: Set<Ed25519PublicKey> = []
    /// The list of nodes is old or wrong.
    public internal(set) var doubtsNodes = false
    /// What the caller is to make of the answer.
    public internal(set) var advice: Set<RoutedResponse.Advice> = []
    public internal(set) var course: Course
    /// What to throw when there are no more attempts; nil when there is an answer to deliver.
    public internal(set) var error: RouterError?

    /// Judges an attempt without an answer of the destination.
    public init(_ failure: OnionFailure, in state: RoutingState) {
        switch failure {
        case .noPath(let cause):
            let course: Course = state.canRefreshNodes ? .retry(.offline, state.encryption) : .giveUp
            self.init(course, cause.code, cause.message, cause.underlying)
            doubtsNodes = true
        case .guardUnreachable(let cause):
            self.init(.retry(.brief, state.encryption), .noPath, "the guard of the path cannot be reached", cause)
            blame(state.guardKey, .transient)
            awaitsProof = true
            dropsPath = true
        case .timedOut:
            self.init(silenceIn: state, "no answer came through the path in time")
            awaitsProof = true
        case .refused(let answer):
            self.init(answer, in: state)
        case .undecryptable(let cause):
            let encryption = state.otherEncryption ?? state.encryption
            self.init(
                .retry(.brief, encryption), .invalidResponse, "the answer does not come from the destination", cause)
            strikesPath = true
        case .replyTooLarge(let cause):
            self.init(.retry(.brief, state.encryption), .invalidResponse, "the answer is too large", cause)
            strikesPath = true
        case .malformedReply(let cause):
            self.init(.giveUp, .invalidResponse, "the destination's answer cannot be read", cause)
            strikes = state.destination.serviceNodeKey.map { [$0: .transient] } ?? [:]
        case .invalidRequest(let cause):
            self.init(.giveUp, .invalidRequest, "the request cannot be sent", cause)
        case .localFault(let cause):
            let code: RouterError.Code = cause.code == .invalidRequest ? .invalidRequest : .noPath
            self.init(.giveUp, code, "the transport cannot send to the guard", cause)
        }
    }

    private init(_ answer: PlainAnswer, in state: RoutingState) {
        let again = Course.retry(.brief, state.encryption)
        switch answer.meaning {
        case .nextNodeMissing(let key) where state.isDestination(key):
            self.init(.giveUp, .destinationUnreachable, "the destination cannot be reached from the path")
            strikes[key] = .permanent
        case .nextNodeMissing(let key) where state.isRelay(key):
            self.init(again, .pathFailed, "a node of the path cannot be reached")
            blame(key, .permanent)
            strikesPath = true
        case .nodeNotReady(let key) where state.isDestination(key):
            self.init(.giveUp, .destinationUnreachable, "the destination is not ready")
            strikes[key] = .transient
        case .nodeNotReady(let key) where state.isRelay(key):
            self.init(again, .pathFailed, "a node of the path is not ready")
            blame(key, .transient)
        case .guardNotReady:
            self.init(again, .pathFailed, "the guard of the path is not ready")
            blame(state.guardKey, .transient)
        case .rateLimited:
            self.init(.retry(.rateLimit, state.encryption), .rateLimited, "a node of the path asks to send less")
            avoided = state.guardKey.map { [$0] } ?? []
        case .requestRefused:
            self.init(.giveUp, .invalidRequest, "the path refuses the request with status \(answer.status)")
        case .unauthenticated:
            self.init(again, .invalidResponse, "an unauthenticated answer has status \(answer.status)")
            strikesPath = true
        case .nextNodeSilent:
            self.init(silenceIn: state, "a node of the path did not answer in time")
        case .requestDamaged:
            self.init(again, .pathFailed, "the request arrived damaged (\(answer.text))")
            strikesPath = true
            // Once may be anyone's fault. Twice, and the keys in the list may be old ones.
            doubtsNodes = state.damagedRequests > 0
        case .unknown where state.isServer:
            self.init(server: answer, in: state)
        case .nextNodeMissing, .nodeNotReady, .pathBroken, .unknown:
            // A name that is neither on the path nor the destination is worth nothing.
            self.init(again, .pathFailed, "the path failed with status \(answer.status) (\(answer.text))")
            strikesPath = true
        }
    }

    /// Not the path's text, so the server's front end or the last hop's word on it.
    private init(server answer: PlainAnswer, in state: RoutingState) {
        switch answer.status {
        case 502, 504:
            self.init(.giveUp, .destinationUnreachable, "the server cannot be reached (\(answer.text))")
        default:
            // With status 400 it may be that the server reads only the other encryption.
            let other = answer.status == 400 ? state.otherEncryption : nil
            self.init(
                other.map { .retry(.brief, $0) } ?? .giveUp, .invalidResponse,
                "the server answered outside the onion with status \(answer.status)")
        }
    }

    private init(silenceIn state: RoutingState, _ message: String) {
        self.init(state.hasOtherDestinations ? .giveUp : .retry(.brief, state.encryption), .timedOut, message)
        strikesPath = true
    }

    private init(_ course: Course, _ code: RouterError.Code, _ message: String, _ cause: (any Error)? = nil) {
        self.course = course
        error = RouterError(code, message, underlying: cause)
    }

    private mutating func blame(_ key: Ed25519PublicKey?, _ strike: NodeStrike) {
        guard let key else { return }
        strikes[key] = strike
        avoided.insert(key)
    }
}
