/// Where layers get service nodes from, and where they report the bad ones. `SessionSwarm`'s pool is one.
public protocol ServiceNodeSource: Sendable {
    /// Every usable node, fetched first when none is known yet.
    /// - Throws: whatever prevents having nodes; `RouterError(.noPath)` when the list is empty.
    func serviceNodes() async throws -> [ServiceNode]

    /// Counts a failure against a node; the source leaves it out once it has had enough of them.
    func strike(_ node: Ed25519PublicKey, _ severity: NodeStrike) async
}

/// How much a failure weighs. Follows protocol document 02, section 2.7.
public enum NodeStrike: Hashable, Sendable {
    /// One of the three that drop a node.
    case transient
    /// All three at once.
    case permanent
}

/// A list that never changes, for tests and for tools that bring their own nodes.
public struct FixedServiceNodes: ServiceNodeSource {
    private let nodes: [ServiceNode]

    public init(_ nodes: [ServiceNode]) { self.nodes = nodes }

    public func serviceNodes() async throws -> [ServiceNode] { nodes }

    public func strike(_ node: Ed25519PublicKey, _ severity: NodeStrike) async {}
}
