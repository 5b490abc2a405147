public import SessionInterfaces

/// Proof that a swarm keeps an item.
public struct StoreReceipt: Hashable, Sendable {
    public let hash: MessageHash
    /// When the first of those who confirmed will forget it.
    public let expiry: Timestamp
    /// Members that signed for it; at least one.
    public let confirmed: [Ed25519PublicKey]
    /// The other members of the swarm: they failed, did not answer, or signed something else.
    public let failed: [Ed25519PublicKey]
    /// The relays that carried the request, guard first.
    public let path: [ServiceNode]

    public init(
        hash: MessageHash, expiry: Timestamp, confirmed: [Ed25519PublicKey], failed: [Ed25519PublicKey],
        path: [ServiceNode]
    ) {
        self.hash = hash
        self.expiry = expiry
        self.confirmed = confirmed
        self.failed = failed
        self.path = path
    }
}

extension StoreReceipt {
    /// - Throws: `SwarmError(.malformedAnswer)`, or `SwarmError(.unverified)` when no member of `swarm` has signed.
    init(_ response: RoutedResponse, for item: StorageItem, from swarm: Swarm) throws {
        let answer = try JSONDocument.decode(StoreAnswer.self, from: try NodeAnswer.body(of: response))
        let hash = item.hash
        let confirmations = answer.confirmations(of: hash, by: swarm.members)
        guard !confirmations.isEmpty else {
            throw SwarmError(.unverified, "no member of the swarm proves that it keeps the message")
        }
        let confirmed = confirmations.map(\.member)
        let members = Set(confirmed)
        self.init(
            hash: hash, expiry: confirmations.compactMap(\.expiry).min() ?? item.timestamp + item.timeToLive,
            confirmed: confirmed, failed: swarm.members.map(\.ed25519Key).filter { !members.contains($0) },
            path: response.path)
    }
}
