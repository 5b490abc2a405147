import SessionInterfaces

/// Gets the list of nodes from nodes.
struct NodeListQuery: Sendable {
    let router: any Router
    let timeLimit: Duration

    /// Asks all of `nodes` at once and keeps what at least `presence` of the answers describe alike.
    /// - Throws: `SwarmError(.unreliableNodeList)` when fewer than `presence` answers can be read, or
    ///   `CancellationError`.
    func agreedNodes(from nodes: [ServiceNode], presence: Int) async throws -> [ServiceNode] {
        let request = RoutedRequest.storageRPC(
            try StorageRequest.oxend(.getServiceNodes, parameters: NodeList.parameters).document(),
            timeLimit: timeLimit)
        let lists = await withTaskGroup(of: [ServiceNode]?.self) { group in
            for node in nodes {
                group.addTask { try? await list(request, from: node) }
            }
            return await group.reduce(into: [[ServiceNode]]()) { lists, list in
                if let list { lists.append(list) }
            }
        }
        try Task.checkCancellation()
        guard lists.count >= presence else {
            throw SwarmError(
                .unreliableNodeList, "\(lists.count) of \(nodes.count) nodes gave a list of service nodes")
        }
        return NodeConsensus.nodes(of: lists, presence: presence)
    }

    private func list(_ request: RoutedRequest, from node: ServiceNode) async throws -> [ServiceNode] {
        let response = try await router.send(request, to: .serviceNode(node))
        return try NodeList.nodes(in: try NodeAnswer.body(of: response))
    }
}
