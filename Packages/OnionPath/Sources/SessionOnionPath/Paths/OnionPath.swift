public import SessionInterfaces

/// The nodes that carry requests, in order. Only the first, the guard, sees the client's address; only the last sees
/// the destination.
public struct OnionPath: Hashable, Sendable, Identifiable {
    /// Unique within its router; a path that had a node replaced has a new one.
    public let id: Int
    /// Guard first; never empty.
    public let nodes: [ServiceNode]

    init(id: Int, nodes: [ServiceNode]) {
        precondition(!nodes.isEmpty, "a path has at least a guard")
        self.id = id
        self.nodes = nodes
    }

    /// The node that the client connects to.
    public var guardNode: ServiceNode { nodes[0] }

    public func contains(_ key: Ed25519PublicKey) -> Bool {
        nodes.contains { $0.ed25519Key == key }
    }
}
