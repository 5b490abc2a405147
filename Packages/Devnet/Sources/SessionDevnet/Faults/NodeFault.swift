/// What can be wrong with a node, settable while the network runs. A node has at most one fault of each kind.
/// Follows protocol document 02, section 6.4.
public enum NodeFault: Hashable, Sendable {
    /// The port refuses connections; other members of the swarm wait for the node in vain.
    case down
    /// Everything is answered after a delay.
    case slow(Duration)
    /// Requests are taken, and carried out once the fault is gone.
    case silent
    /// Other nodes do not know the node: none passes an onion request on to it or asks it as a member of its swarm.
    case unknownToOthers
    /// Clients get a 503, and so does who comes through an onion path.
    case notReady
    /// The node is in no swarm and says so with a 503. What it missed is handed over when the fault is gone.
    case decommissioned
    /// The node serves another swarm, and answers 421 for its old one, until the fault is gone.
    case reshuffled
    /// The node's clock is off by this much; negative is late.
    case skewedClock(Duration)
    /// Every request of the storage RPC gets a 429.
    case rateLimited
    /// The node's signatures are wrong.
    case wrongSignature
    /// Requests are carried out, and the connection ends without an answer.
    case lostAnswers

    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case down, slow, silent
        case unknownToOthers = "unknown"
        case notReady = "not-ready"
        case decommissioned, reshuffled
        case skewedClock = "clock-skew"
        case rateLimited = "rate-limited"
        case wrongSignature = "wrong-signature"
        case lostAnswers = "lost-answers"
    }

    public var kind: Kind {
        switch self {
        case .down: .down
        case .slow: .slow
        case .silent: .silent
        case .unknownToOthers: .unknownToOthers
        case .notReady: .notReady
        case .decommissioned: .decommissioned
        case .reshuffled: .reshuffled
        case .skewedClock: .skewedClock
        case .rateLimited: .rateLimited
        case .wrongSignature: .wrongSignature
        case .lostAnswers: .lostAnswers
        }
    }

    /// The interval of a kind that has one.
    public var interval: Duration? {
        switch self {
        case .slow(let delay): delay
        case .skewedClock(let skew): skew
        default: nil
        }
    }

    /// - Parameter interval: of a slow node (default 10 s) or of a skewed clock (default 5 min); others have none.
    public init(_ kind: Kind, interval: Duration? = nil) {
        self =
            switch kind {
            case .down: .down
            case .slow: .slow(interval ?? .seconds(10))
            case .silent: .silent
            case .unknownToOthers: .unknownToOthers
            case .notReady: .notReady
            case .decommissioned: .decommissioned
            case .reshuffled: .reshuffled
            case .skewedClock: .skewedClock(interval ?? .seconds(300))
            case .rateLimited: .rateLimited
            case .wrongSignature: .wrongSignature
            case .lostAnswers: .lostAnswers
            }
    }
}
