import SessionCrypto
import SessionInterfaces

/// What the members of a swarm say to a `store`. Follows protocol document 02, sections 4.5, 4.6 and 10.
struct StoreAnswer: Decodable, Sendable {
    private let swarm: [String: Tolerant<Part>]

    private struct Part: Decodable, Sendable {
        let hash: String
        let signature: String
        let expiry: Int64?
    }

    /// The members that prove to hold the message, with the expiry they give it.
    ///
    /// Only members of the swarm as this side knows it are heard, and only with their own signature: the node that
    /// collected the answers cannot speak for the others.
    func confirmations(
        of hash: MessageHash, by members: [ServiceNode]
    ) -> [(member: Ed25519PublicKey, expiry: Timestamp?)] {
        let text = SignedText.confirmedStore(hash).bytes
        return members.compactMap { member in
            guard let part = swarm[member.ed25519Key.hex]?.value, part.hash == hash.text,
                let signature = Base64.decode(part.signature),
                Ed25519.verify(signature, of: text, by: member.ed25519Key)
            else { return nil }
            return (member.ed25519Key, part.expiry.flatMap { Timestamp(plausible: $0) })
        }
    }
}

extension Timestamp {
    /// Nil for what is no moment between 1970 and the year 9999: strangers' numbers shall not overflow later sums.
    init?(plausible milliseconds: Int64) {
        guard (0..<253_402_300_800_000).contains(milliseconds) else { return nil }
        self.init(milliseconds: milliseconds)
    }
}
