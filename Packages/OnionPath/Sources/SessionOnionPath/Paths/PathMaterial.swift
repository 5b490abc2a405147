public import SessionInterfaces

/// What paths are made of: the nodes there are, and those that are better, or worse, than others.
@_spi(Simulation) public struct PathMaterial: Sendable {
    public var pool: [ServiceNode]
    /// Guards to take first, in this order.
    public var guards: [Ed25519PublicKey]
    /// Nodes that must not stand behind a guard.
    public var excluded: Set<Ed25519PublicKey>
    /// Nodes that stand behind a guard only when there are no others.
    public var disfavoured: Set<Ed25519PublicKey>

    public init(
        pool: [ServiceNode], guards: [Ed25519PublicKey] = [], excluded: Set<Ed25519PublicKey> = [],
        disfavoured: Set<Ed25519PublicKey> = []
    ) {
        self.pool = pool
        self.guards = guards
        self.excluded = excluded
        self.disfavoured = disfavoured
    }

    /// The first known guard that is in the pool, can be reached, and is none of `taken`.
    func knownGuard(
        without taken: Set<Ed25519PublicKey>, apartFrom others: [ServiceNode], _ selection: PathSelection
    ) -> ServiceNode? {
        let wanted = guards.filter { !taken.contains($0) }
        guard !wanted.isEmpty else { return nil }
        let ranks = Dictionary(wanted.enumerated().map { ($1, $0) }, uniquingKeysWith: min)
        let subnets = Set(others.map(\.address.subnet24))
        return
            pool
            .filter { node in
                ranks[node.ed25519Key] != nil && node.isReachable
                    && (!selection.separatesSubnets || !subnets.contains(node.address.subnet24))
            }
            .min { ranks[$0.ed25519Key, default: .max] < ranks[$1.ed25519Key, default: .max] }
    }
}
