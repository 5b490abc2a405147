public import SessionInterfaces

/// Why a swarm did not do what it was asked to. Failures on the way there are `RouterError`s.
public struct SwarmError: CodedError {
    public enum Code: String, Sendable {
        /// The account's swarm is not known, or has too few members.
        case noSwarm = "swarm_none"
        /// The nodes asked do not serve the account, even after the swarm was looked up again.
        case wrongSwarm = "swarm_wrong"
        /// The node does not accept the signature, or the right that it stands for.
        case unauthorised = "swarm_unauthorised"
        /// The node's clock and the one that dated the request are too far apart.
        case clockSkew = "swarm_clock_skew"
        /// The node asks to send less.
        case rateLimited = "swarm_rate_limited"
        /// The node refuses the request for what it says.
        case refused = "swarm_refused"
        /// The node cannot do its part.
        case nodeFailed = "swarm_node_failed"
        /// The answer breaks the format.
        case malformedAnswer = "swarm_malformed_answer"
        /// Nobody proved to have done what the answer claims.
        case unverified = "swarm_unverified"
        /// Some members of the swarm did what was asked, but fewer than are wanted.
        case tooFewMembers = "swarm_too_few_members"
        /// The request cannot be made from these values.
        case invalidRequest = "swarm_invalid_request"
        /// The lists of service nodes that nodes gave are too few, too short or contradict each other.
        case unreliableNodeList = "swarm_unreliable_node_list"
    }

    public let code: Code
    public let message: String
    /// The node's status code, when it answered with one.
    public let status: Int?
    public let underlying: (any Error)?

    public init(_ code: Code, _ message: String, status: Int? = nil, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.status = status
        self.underlying = underlying
    }
}

extension SwarmError {
    /// What a status code other than 2xx means, with the node's own words. Follows protocol document 02, section 7.
    init(status: Int, text: String) {
        let (code, meaning): (Code, String) =
            switch status {
            // Nodes have one code for bad signatures and for bad times of `expire` and `delete_before`.
            case 401 where text.contains("timestamp"): (.clockSkew, "the node does not accept the time")
            case 401: (.unauthorised, "the node does not accept the signature")
            case 406: (.clockSkew, "the node's clock differs too much from this one")
            case 421: (.wrongSwarm, "the node does not serve this account")
            case 429: (.rateLimited, "the node asks to send less")
            case 500...: (.nodeFailed, "the node failed")
            default: (.refused, "the node refused the request")
            }
        let words = Self.printable(text)
        let detail = words.isEmpty ? "" : ": \(words)"
        self.init(code, "\(meaning) (\(status)\(detail))", status: status)
    }

    /// Whether the node does not know the method: it is older than what it was asked.
    public var isUnknownMethod: Bool { status == 400 && message.contains("no method ") }

    /// The first line of a stranger's text, without anything that a terminal might obey.
    static func printable(_ text: String) -> String {
        let line = text.utf8.prefix(120).prefix { (0x20..<0x7f).contains($0) }
        return String(decoding: line, as: UTF8.self)
    }
}
