import SessionInterfaces

/// The known nodes, their swarms and their failures. A value without I/O: the moment comes with every question.
/// Follows protocol document 02, sections 1.5 and 3.1.
struct NodeRegistry: Sendable {
    private let policy: NodePoolPolicy
    private(set) var nodes: [ServiceNode] = []
    private var keys: Set<Ed25519PublicKey> = []
    private var swarms = SwarmMap([])
    private(set) var strikes: [Ed25519PublicKey: [Timestamp]] = [:]
    /// The nodes that have not been dropped.
    private(set) var usable: [ServiceNode] = []
    private(set) var updatedAt: Timestamp?

    init(policy: NodePoolPolicy) { self.policy = policy }

    var isEmpty: Bool { nodes.isEmpty }

    /// Takes over a complete list, in which no key occurs twice. Strikes of nodes that are no longer listed go with them.
    mutating func replace(with nodes: [ServiceNode], at now: Timestamp) {
        self.nodes = nodes
        keys = Set(nodes.map(\.ed25519Key))
        swarms = SwarmMap(nodes)
        let oldest = now - policy.strikeLifetime
        strikes = strikes.compactMapValues { $0.filter { $0 > oldest } }.filter { keys.contains($0.key) }
        updatedAt = now
        collectUsable()
    }

    /// Says whether the node has been dropped by this.
    @discardableResult
    mutating func strike(_ key: Ed25519PublicKey, _ severity: NodeStrike, at now: Timestamp) -> Bool {
        guard keys.contains(key), !isDropped(key) else { return false }
        strikes[key, default: []] += Array(repeating: now, count: severity == .permanent ? policy.strikeLimit : 1)
        let isDropped = isDropped(key)
        if isDropped { collectUsable() }
        return isDropped
    }

    /// Takes over what an earlier run left behind: a list of `moment`, and the strikes since.
    mutating func restore(_ nodes: [ServiceNode], of moment: Timestamp, _ strikes: [Ed25519PublicKey: [Timestamp]]) {
        self.strikes = strikes
        replace(with: nodes, at: moment)
    }

    /// Gives every node another chance.
    mutating func forgiveAll() {
        strikes = [:]
        collectUsable()
    }

    func swarm(of account: AccountID) -> Swarm? {
        swarms.swarmID(of: account).map { swarm($0, swarms.members(of: $0)) }
    }

    /// The swarm of the members that are known here; nil when none is.
    func swarm(_ id: SwarmID, of members: Set<Ed25519PublicKey>) -> Swarm? {
        let known = nodes.filter { members.contains($0.ed25519Key) }
        return known.isEmpty ? nil : swarm(id, known)
    }

    private func swarm(_ id: SwarmID, _ members: [ServiceNode]) -> Swarm {
        Swarm(id: id, members: members, availableMembers: members.filter { !isDropped($0.ed25519Key) })
    }

    /// Whether the list is old enough to be replaced; a doubted one is so earlier.
    func isDue(at now: Timestamp, isDoubted: Bool) -> Bool {
        updatedAt.map { now - $0 >= (isDoubted ? policy.minimumAge : policy.maximumAge) } ?? false
    }

    private func isDropped(_ key: Ed25519PublicKey) -> Bool {
        strikes[key].map { $0.count >= policy.strikeLimit } ?? false
    }

    private mutating func collectUsable() {
        usable = nodes.filter { !isDropped($0.ed25519Key) }
    }
}
