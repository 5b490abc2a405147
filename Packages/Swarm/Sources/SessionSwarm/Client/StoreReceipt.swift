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
    /// Every member that signed for it had it already.
    public let wasThere: Bool
    /// The relays that carried the request, guard first.
    public let path: [ServiceNode]

    public init(
        hash: MessageHash, expiry: Timestamp, confirmed: [Ed25519PublicKey], failed: [Ed25519PublicKey],
        wasThere: Bool = false, path: [ServiceNode]
    ) {
        self.hash = hash
        self.expiry = expiry
        self.confirmed = confirmed
        self.failed = failed
        self.wasThere = wasThere
        self.path = path
    }
}

extension StoreReceipt {
    init(_ answer: SwarmAnswer<StoreConfirmation>, for item: StorageItem) {
        let confirmed = answer.confirmed
        self.init(
            hash: item.hash, expiry: confirmed.values.compactMap(\.expiry).min() ?? item.timestamp + item.timeToLive,
            confirmed: confirmed.keys.sorted(), failed: answer.failures.keys.sorted(),
            wasThere: confirmed.values.allSatisfy(\.wasThere), path: answer.path)
    }
}
