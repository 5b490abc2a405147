public import SessionInterfaces

/// One path as it is at a moment, for whoever shows paths.
public struct PathSnapshot: Hashable, Sendable, Identifiable {
    public let path: OnionPath
    public let isolation: PathIsolation
    public let category: PathCategory
    /// Time since it was built.
    public let age: Duration
    /// Failures counted against it; at 3 it is retired.
    public let strikes: Int
    /// Requests on their way over it.
    public let inFlight: Int
    /// When its guard first served this client, also in an earlier run.
    public let guardFirstUsed: Timestamp?

    public var id: OnionPath.ID { path.id }
    /// Guard first; never empty.
    public var nodes: [ServiceNode] { path.nodes }
    public var guardNode: ServiceNode { path.guardNode }

    public func contains(_ key: Ed25519PublicKey) -> Bool { path.contains(key) }
}
