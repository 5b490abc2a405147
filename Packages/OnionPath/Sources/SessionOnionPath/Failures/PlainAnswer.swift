public import SessionInterfaces

/// An answer in plain text, from some node on the path or the front end of a server.
/// Follows protocol document 02, section 2.9.
public struct PlainAnswer: Hashable, Sendable {
    public let status: Int
    /// Printable ASCII, cut short: anyone on the path may have written it.
    public let text: String

    public init(status: Int, body: [UInt8]) {
        self.status = status
        text = String(decoding: body.prefix(200).filter { (0x20...0x7e).contains($0) }, as: UTF8.self)
    }

    /// What known nodes mean by it.
    public enum Meaning: Hashable, Sendable {
        /// A hop does not know the next node, or cannot connect to it.
        case nextNodeMissing(Ed25519PublicKey)
        /// A later hop, or the destination, is not ready.
        case nodeNotReady(Ed25519PublicKey)
        /// The guard is not ready, or overloaded.
        case guardNotReady
        /// A relay asks to send less.
        case rateLimited
        /// The next node did not answer in time.
        case nextNodeSilent
        /// A hop could not open or read what it received.
        case requestDamaged
        /// The path broke the answer, or is no path.
        case pathBroken
        /// Nodes refuse the request as it is.
        case requestRefused
        /// A code that would have side effects, were it authentic.
        case unauthenticated
        case unknown
    }

    public var meaning: Meaning {
        switch status {
        case 400 where text.hasPrefix("onion request max path length exceeded"), 413: .requestRefused
        case 400 where Self.damage.contains(where: text.hasPrefix): .requestDamaged
        case 404 where text.hasSuffix("\(OnionEntry.requestPath) Not Found"): .pathBroken
        case 406, 421, 425: .unauthenticated
        case 429: .rateLimited
        case 500 where text.hasPrefix("Invalid response from snode"): .pathBroken
        case 502:
            (key(after: "Next node not found: ") ?? key(after: "Next node is currently unreachable: "))
                .map(Meaning.nextNodeMissing) ?? .unknown
        case 503 where text.hasPrefix("Service node is not ready"), 503 where text.hasPrefix("Server busy"):
            .guardNotReady
        case 503: key(after: "Snode not ready: ").map(Meaning.nodeNotReady) ?? .unknown
        case 504 where text.hasPrefix("Request time out"): .nextNodeSilent
        default: .unknown
        }
    }

    private static let damage = ["Invalid ciphertext", "Error parsing onion request", "Invalid internal onion request"]

    private func key(after prefix: String) -> Ed25519PublicKey? {
        guard text.hasPrefix(prefix) else { return nil }
        return Ed25519PublicKey(hex: String(text.dropFirst(prefix.count).prefix(64)))
    }
}
