public import SessionInterfaces

extension Devnet {
    /// Makes something go wrong at a node from now on, in place of an earlier fault of the same kind.
    /// - Throws: `DevnetError(.unknownNode)`, `DevnetError(.notRunning)`; `StoreError` when messages are handed over.
    public func setFault(_ fault: NodeFault, for node: Ed25519PublicKey) async throws {
        try await running.set(fault, for: node)
    }

    /// Ends one fault; does nothing when the node does not have it.
    /// - Throws: `DevnetError(.unknownNode)`, `DevnetError(.portUnavailable)`, `DevnetError(.notRunning)`; `StoreError`.
    public func clearFault(_ kind: NodeFault.Kind, of node: Ed25519PublicKey) async throws {
        try await running.clear(kind, of: node)
    }

    /// Ends all faults of a node, or of all nodes.
    /// - Throws: as `clearFault(_:of:)` does.
    public func clearFaults(of node: Ed25519PublicKey? = nil) async throws {
        let running = try await running
        for key in node.map({ [$0] }) ?? running.nodes.map(\.key) {
            for fault in try running.host(key).node.condition.faults { try await running.clear(fault.kind, of: key) }
        }
    }

    /// The nodes with their swarms and faults.
    /// - Throws: `DevnetError(.notRunning)`.
    public func status() async throws -> DevnetStatus {
        let running = try await running
        let chain = running.context.chain
        return DevnetStatus(
            height: chain.height, version: chain.version,
            nodes: chain.nodes.map { node in
                DevnetStatus.Node(
                    key: node.ed25519Key, swarmID: node.swarmID, address: node.address, httpsPort: node.httpsPort,
                    faults: running.context.roster.node(node.ed25519Key)?.condition.faults ?? [])
            })
    }

    /// Puts a node into a swarm, which may be new. Members that are new to an account get its messages from the others.
    /// - Throws: `DevnetError(.unknownNode)`, `DevnetError(.notRunning)`, `StoreError`.
    public func moveNode(_ node: Ed25519PublicKey, to swarm: SwarmID) async throws {
        try await running.assign([node: swarm])
    }

    /// Deals the nodes to the swarms anew, at random. Nodes that a fault keeps out of swarms stay where they are.
    /// - Throws: `DevnetError(.notRunning)`, `StoreError`.
    public func reshuffle() async throws {
        try await running.reshuffle()
    }

    /// Changes the hard fork of the network.
    /// - Throws: `DevnetError(.notRunning)`.
    public func setHardFork(_ hardFork: DevnetSettings.HardFork) async throws {
        try await running.context.chain.hardFork = hardFork
    }
}

extension Devnet: ControlledNetwork {}

extension RunningNetwork {
    func reshuffle() async throws {
        let present = nodes.filter { !$0.condition.has(.decommissioned) && !$0.condition.has(.reshuffled) }
        let ids = present.compactMap { context.chain.node($0.key)?.swarmID }
        var generator = context.random.generator
        let dealt = zip(present, ids.shuffled(using: &generator)).map { ($0.key, $1) }
        try await assign(Dictionary(dealt) { first, _ in first })
    }
}
