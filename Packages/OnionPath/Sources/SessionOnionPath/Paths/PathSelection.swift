import SessionInterfaces

/// The rules by which nodes become a path. Follows protocol document 02, section 2.7.
struct PathSelection: Sendable {
    /// Nodes in a path, 1 or more.
    let length: Int
    /// No two nodes of one /24 network.
    let separatesSubnets: Bool

    /// Chooses distinct nodes at random, or returns nil when `pool` has too few.
    ///
    /// - Parameters:
    ///   - fixed: Nodes that are chosen already, guard first.
    ///   - excluded: Nodes that must not be in it.
    ///   - others: Nodes in other paths: neither they nor, where that rule holds, their /24 networks are used.
    ///   - disfavoured: Nodes that are taken only when there are no others.
    func choose(
        from pool: [ServiceNode], keeping fixed: [ServiceNode] = [], without excluded: Set<Ed25519PublicKey> = [],
        apartFrom others: [ServiceNode] = [], disfavouring disfavoured: Set<Ed25519PublicKey> = [],
        using generator: inout some RandomNumberGenerator
    ) -> [ServiceNode]? {
        var chosen = fixed
        var taken = excluded.union((fixed + others).map(\.ed25519Key))
        var subnets = Set((fixed + others).map(\.address.subnet24))
        var candidates = pool.filter { $0.isReachable && !taken.contains($0.ed25519Key) }
        candidates.shuffle(using: &generator)
        let favoured = candidates.filter { !disfavoured.contains($0.ed25519Key) }
        let lastResort = candidates.filter { disfavoured.contains($0.ed25519Key) }
        for node in favoured + lastResort where chosen.count < length {
            guard !separatesSubnets || !subnets.contains(node.address.subnet24) else { continue }
            guard taken.insert(node.ed25519Key).inserted else { continue }
            subnets.insert(node.address.subnet24)
            chosen.append(node)
        }
        return chosen.count == length ? chosen : nil
    }
}

extension ServiceNode {
    fileprivate var isReachable: Bool { !address.isUnspecified && httpsPort != 0 }
}
