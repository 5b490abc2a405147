public import SessionInterfaces

/// What one request asks of its path. Every failed attempt adds to it, so that a retry does not meet the same node
/// again by chance. Follows protocol document 02, section 2.7.
@_spi(Simulation) public struct PathWishes: Hashable, Sendable {
    /// The destination, when it is a node: it must not see who asks.
    public let destination: Ed25519PublicKey?
    /// Nodes known to be at fault.
    public private(set) var avoided: Set<Ed25519PublicKey> = []
    /// Nodes of paths that failed without telling whose fault it was.
    public private(set) var disfavoured: Set<Ed25519PublicKey> = []
    private var tried: Set<OnionPath.ID> = []

    public init(destination: Ed25519PublicKey?) { self.destination = destination }

    /// Nodes that must not be in the path.
    public var excluded: Set<Ed25519PublicKey> { destination.map { avoided.union([$0]) } ?? avoided }

    public func accept(_ path: OnionPath) -> Bool {
        !tried.contains(path.id) && !path.nodes.contains { excluded.contains($0.ed25519Key) }
    }

    public mutating func rememberFailure(of path: OnionPath, avoiding nodes: Set<Ed25519PublicKey>) {
        tried.insert(path.id)
        avoided.formUnion(nodes)
        disfavoured.formUnion(path.nodes.map(\.ed25519Key))
    }
}
