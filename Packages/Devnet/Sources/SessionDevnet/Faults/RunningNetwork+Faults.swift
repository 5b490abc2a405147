import SessionInterfaces

extension RunningNetwork {
    /// - Throws: `DevnetError(.unknownNode)`, `DevnetError(.portUnavailable)`, `StoreError`.
    func set(_ fault: NodeFault, for key: Ed25519PublicKey) async throws {
        let host = try host(key)
        let wasThere = host.node.condition.has(fault.kind)
        host.node.condition.set(fault)
        guard !wasThere else { return }
        switch fault {
        case .down: await host.listener.close()
        case .decommissioned: try await assign([key: .unassigned])
        case .reshuffled: try await assign([key: otherSwarm(than: host.node)])
        default: break
        }
    }

    /// - Throws: as `set(_:for:)` does.
    func clear(_ kind: NodeFault.Kind, of key: Ed25519PublicKey) async throws {
        let host = try host(key)
        guard host.node.condition.has(kind) else { return }
        if kind == .down {
            guard let endpoint = context.chain.listing(of: key)?.endpoint else { return }
            try await host.listener.open(port: endpoint.port)
        }
        host.node.condition.clear(kind)
        if kind == .decommissioned || kind == .reshuffled {
            try await assign([key: host.node.condition.home ?? host.node.identity.swarmID])
        }
    }

    /// Puts nodes into other swarms, and hands over to them what belongs there.
    func assign(_ swarms: [Ed25519PublicKey: SwarmID]) async throws {
        var homes: [UInt16: SwarmID] = [:]
        for (key, id) in swarms {
            let node = try host(key).node
            // What a fault does to a node does not outlive the run.
            guard !node.condition.has(.decommissioned), !node.condition.has(.reshuffled) else { continue }
            node.condition.home = id
            homes[node.identity.number] = id
        }
        let (before, after) = context.chain.assign(swarms)
        try await archive.save(height: context.chain.height, swarms: homes)
        try await HandOver(
            nodes: nodes, before: before, after: after, dropsNamespaces: context.settings.handOverDropsNamespaces
        ).run()
    }

    /// The swarm after the node's own on the ring, or a new one when there is no other.
    private func otherSwarm(than node: StorageNode) -> SwarmID {
        let own = context.chain.node(node.key)?.swarmID ?? .unassigned
        let others = context.chain.swarms.ids.filter { $0 != own }
        return others.first { $0 > own } ?? others.first ?? SwarmID(rawValue: own.rawValue ^ 1 << 63)
    }
}
