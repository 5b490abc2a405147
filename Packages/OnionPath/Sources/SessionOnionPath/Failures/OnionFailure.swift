public import SessionInterfaces

/// Why one attempt over one path brought no answer of the destination.
public enum OnionFailure: Hashable, Sendable {
    /// No path could be built.
    case noPath(RouterError)
    /// No connection to the guard, or it broke.
    case guardUnreachable(TransportError)
    /// The time limit passed somewhere.
    case timedOut
    /// Plain text came back: from some node on the path, or so it says. Not authenticated.
    case refused(PlainAnswer)
    /// The answer does not decrypt.
    case undecryptable(OnionError)
    /// The destination's answer breaks the format.
    case malformedReply(OnionError)
    /// The answer is larger than allowed.
    case replyTooLarge(TransportError)
    /// The request cannot be built.
    case invalidRequest(OnionError)
    /// This side cannot send: proxy, configuration, shut down.
    case localFault(TransportError)

    public init(_ error: TransportError) {
        switch error.code {
        case .unreachable, .interrupted, .untrusted, .malformedResponse: self = .guardUnreachable(error)
        case .timedOut: self = .timedOut
        case .responseTooLarge: self = .replyTooLarge(error)
        case .proxyFailed, .invalidRequest, .closed, .failed: self = .localFault(error)
        }
    }

    public init(_ error: OnionError) {
        switch error.code {
        case .undecryptableReply: self = .undecryptable(error)
        case .invalidRequest: self = .invalidRequest(error)
        default: self = .malformedReply(error)
        }
    }

    /// Whether a guard spoke, so that the client is not offline.
    var reachedGuard: Bool {
        switch self {
        case .refused, .undecryptable, .malformedReply, .replyTooLarge: true
        case .noPath, .guardUnreachable, .timedOut, .invalidRequest, .localFault: false
        }
    }
}
