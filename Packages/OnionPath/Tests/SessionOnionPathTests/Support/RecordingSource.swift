import SessionInterfaces

/// A source of nodes that remembers the strikes, and drops a node as a real one does.
actor RecordingSource: ServiceNodeSource {
    private var nodes: [ServiceNode]
    private(set) var strikes: [Ed25519PublicKey: [NodeStrike]] = [:]

    init(_ nodes: [ServiceNode]) { self.nodes = nodes }

    func serviceNodes() async throws -> [ServiceNode] { nodes }

    func strike(_ node: Ed25519PublicKey, _ severity: NodeStrike) async {
        strikes[node, default: []].append(severity)
        if severity == .permanent || strikes[node, default: []].count >= 3 {
            nodes.removeAll { $0.ed25519Key == node }
        }
    }
}
