/// A service-node network as clients need to know it: where to begin, and the rules that hold there.
/// Follows protocol document 02, sections 1.1, 1.5 and 6.
public struct Network: Hashable, Sendable {
    /// `mainnet`, `testnet`, or the name of a local one.
    public var name: String
    public var seeds: [Seed]
    public var rules: Rules

    public init(name: String, seeds: [Seed], rules: Rules) {
        self.name = name
        self.seeds = seeds
        self.rules = rules
    }

    /// A server that lists all service nodes over JSON-RPC.
    public struct Seed: Hashable, Sendable {
        /// Scheme, host and port, such as `https://seed1.getsession.org:4443`.
        public var origin: String
        public var trust: TrustPolicy

        public init(origin: String, trust: TrustPolicy) {
            self.origin = origin
            self.trust = trust
        }
    }

    /// What real clients fix and a small local network has to relax.
    public struct Rules: Hashable, Sendable {
        /// A refresh that brings fewer nodes is refused.
        public var minimumPoolSize: Int
        /// A swarm with fewer known members asks for a refresh.
        public var minimumSwarmSize: Int
        /// No two nodes of a path may share a /24 network.
        public var separatesSubnets: Bool
        /// Paths kept ready.
        public var pathCount: Int

        public init(minimumPoolSize: Int, minimumSwarmSize: Int, separatesSubnets: Bool, pathCount: Int) {
            self.minimumPoolSize = minimumPoolSize
            self.minimumSwarmSize = minimumSwarmSize
            self.separatesSubnets = separatesSubnets
            self.pathCount = pathCount
        }

        /// The public network's.
        public static let standard = Rules(
            minimumPoolSize: 12, minimumSwarmSize: 3, separatesSubnets: true, pathCount: 2)

        /// A network on one machine: four nodes are enough for three hops and a destination.
        public static let local = Rules(
            minimumPoolSize: 4, minimumSwarmSize: 1, separatesSubnets: false, pathCount: 2)
    }
}
