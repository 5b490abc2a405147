import SessionInterfaces

/// Gives new members of a swarm what the old ones have. Follows protocol document 02, section 6.3.
struct HandOver: Sendable {
    let nodes: [StorageNode]
    let before: SwarmMap
    let after: SwarmMap
    let dropsNamespaces: Bool

    /// Every node that is up gives each of its messages to those members of the account's swarm that are new in it.
    func run() async throws {
        for giver in nodes where !giver.condition.has(.down) {
            var gifts: [Ed25519PublicKey: [MessageTable.Gift]] = [:]
            for gift in try await giver.messages.everything() {
                for key in newMembers(for: gift.account) where key != giver.key { gifts[key, default: []].append(gift) }
            }
            for taker in nodes where !taker.condition.has(.down) {
                try await taker.messages.adopt(gifts[taker.key] ?? [], droppingNamespaces: dropsNamespaces)
            }
        }
    }

    private func newMembers(for account: AccountKey) -> [Ed25519PublicKey] {
        let old = before.swarm(of: account).members.map(\.ed25519Key)
        return after.swarm(of: account).members.map(\.ed25519Key).filter { !old.contains($0) }
    }
}

extension MessageTable {
    /// A message on its way to another node.
    struct Gift: Sendable {
        let account: AccountKey
        let namespace: Namespace
        let message: MessageRecord
    }

    /// All messages of the node, by account, namespace and arrival.
    func everything() async throws -> [Gift] {
        try await store.read { snapshot in
            try Self.messages.records(.prefix(nodeKey), in: snapshot).map { place, message in
                Gift(account: try account(at: place), namespace: try namespace(at: place), message: message)
            }
        }
    }

    /// Keeps what the node does not have yet.
    func adopt(_ gifts: [Gift], droppingNamespaces: Bool) async throws {
        guard !gifts.isEmpty else { return }
        try await store.write(durability: .relaxed) { transaction in
            for gift in gifts {
                let namespace = droppingNamespaces ? .messages : gift.namespace
                _ = try add(gift.message, for: gift.account, namespace, .newest, in: transaction)
            }
        }
    }
}
