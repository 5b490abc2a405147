public import SessionInterfaces

/// The rules by which nodes become a path. Follows protocol document 02, section 2.7.
@_spi(Simulation) public struct PathSelection: Hashable, Sendable {
    /// Nodes in a path, 1 or more.
    public let length: Int
    /// No two nodes of one /24 network.
    public let separatesSubnets: Bool

    public init(length: Int, separatesSubnets: Bool) {
        self.length = max(1, length)
        self.separatesSubnets = separatesSubnets
    }

    /// Chooses distinct nodes at random, each as likely as any other, or returns nil when `pool` has too few.
    ///
    /// Nodes are drawn until there are enough, so that a large pool costs no more than a list of its size.
    /// - Parameters:
    ///   - fixed: Nodes that are chosen already, guard first.
    ///   - excluded: Nodes that must not be in it.
    ///   - others: Nodes in other paths: neither they nor, where that rule holds, their /24 networks are used.
    ///   - disfavoured: Nodes that are taken only when there are no others.
    public func choose(
        from pool: [ServiceNode], keeping fixed: [ServiceNode] = [], without excluded: Set<Ed25519PublicKey> = [],
        apartFrom others: [ServiceNode] = [], disfavouring disfavoured: Set<Ed25519PublicKey> = [],
        using generator: inout some RandomNumberGenerator
    ) -> [ServiceNode]? {
        var choice = Choice(fixed, without: excluded, apartFrom: others, self)
        var lastResort: [ServiceNode] = []
        var undrawn = Array(pool.indices)
        while !choice.isComplete, !undrawn.isEmpty {
            undrawn.swapAt(Int.random(in: undrawn.indices, using: &generator), undrawn.count - 1)
            let node = pool[undrawn.removeLast()]
            if disfavoured.contains(node.ed25519Key) { lastResort.append(node) } else { choice.consider(node) }
        }
        for node in lastResort where !choice.isComplete { choice.consider(node) }
        return choice.isComplete ? choice.nodes : nil
    }

    /// Nodes chosen so far, and what keeps others from joining them.
    private struct Choice {
        private(set) var nodes: [ServiceNode]
        private let selection: PathSelection
        private var taken: Set<Ed25519PublicKey>
        private var subnets: Set<UInt32>

        init(
            _ fixed: [ServiceNode], without excluded: Set<Ed25519PublicKey>, apartFrom others: [ServiceNode],
            _ selection: PathSelection
        ) {
            nodes = fixed
            self.selection = selection
            taken = excluded.union((fixed + others).map(\.ed25519Key))
            subnets = Set((fixed + others).map(\.address.subnet24))
        }

        var isComplete: Bool { nodes.count >= selection.length }

        mutating func consider(_ node: ServiceNode) {
            guard node.isReachable, !taken.contains(node.ed25519Key) else { return }
            guard !selection.separatesSubnets || !subnets.contains(node.address.subnet24) else { return }
            taken.insert(node.ed25519Key)
            subnets.insert(node.address.subnet24)
            nodes.append(node)
        }
    }
}

extension ServiceNode {
    var isReachable: Bool { !address.isUnspecified && httpsPort != 0 }
}
