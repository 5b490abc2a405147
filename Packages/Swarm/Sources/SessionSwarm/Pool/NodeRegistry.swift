import SessionInterfaces

/// The known nodes, their swarms and their failures. A value without I/O: the moment comes with every question.
/// Follows protocol document 02, sections 1.5 and 3.1.
struct NodeRegistry: Sendable {
    private let policy: NodePoolPolicy
    private var byKey: [Ed25519PublicKey: ServiceNode] = [:]
    private var swarms: [SwarmID: [ServiceNode]] = [:]
    private var sortedSwarmIDs: [SwarmID] = []
    private var strikes: [Ed25519PublicKey: [Timestamp]] = [:]
    /// The nodes that have not been dropped.
    private(set) var usable: [ServiceNode] = []
    private(set) var updatedAt: Timestamp?

    init(policy: NodePoolPolicy) { self.policy = policy }

    var isEmpty: Bool { byKey.isEmpty }

    /// Takes over a complete list. Strikes of nodes that are no longer listed go with them.
    mutating func replace(with nodes: [ServiceNode], at now: Timestamp) {
        byKey = Dictionary(nodes.map { ($0.ed25519Key, $0) }) { first, _ in first }
        swarms = Dictionary(grouping: byKey.values.filter { $0.swarmID != .unassigned }, by: \.swarmID)
        sortedSwarmIDs = swarms.keys.sorted()
        let oldest = now - policy.strikeLifetime
        strikes = strikes.compactMapValues { $0.filter { $0 > oldest } }.filter { byKey[$0.key] != nil }
        updatedAt = now
        collectUsable()
    }

    mutating func strike(_ key: Ed25519PublicKey, _ severity: NodeStrike, at now: Timestamp) {
        guard byKey[key] != nil, !isDropped(key) else { return }
        strikes[key, default: []] += Array(repeating: now, count: severity == .permanent ? policy.strikeLimit : 1)
        if isDropped(key) { collectUsable() }
    }

    /// Gives every node another chance.
    mutating func forgiveAll() {
        strikes = [:]
        collectUsable()
    }

    func node(_ key: Ed25519PublicKey) -> ServiceNode? { byKey[key] }

    func swarm(of account: AccountID) -> Swarm? {
        SwarmMapping.swarm(of: account, among: sortedSwarmIDs).map { swarm($0, swarms[$0] ?? []) }
    }

    func swarm(_ id: SwarmID, _ members: [ServiceNode]) -> Swarm {
        Swarm(id: id, members: members, availableMembers: members.filter { !isDropped($0.ed25519Key) })
    }

    func isDue(at now: Timestamp) -> Bool {
        updatedAt.map { now - $0 >= policy.maximumAge } ?? false
    }

    private func isDropped(_ key: Ed25519PublicKey) -> Bool {
        strikes[key].map { $0.count >= policy.strikeLimit } ?? false
    }

    private mutating func collectUsable() {
        usable = byKey.values.filter { !isDropped($0.ed25519Key) }
    }
}
