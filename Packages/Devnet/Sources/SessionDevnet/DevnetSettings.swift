public import SessionInterfaces

/// What a development network looks like and how fast it gives up.
public struct DevnetSettings: Hashable, Sendable {
    /// Name of the network in its descriptor.
    public var name = "devnet"
    /// Service nodes, 1 to 256. Onion requests need four: three hops and a destination.
    public var nodes = 9
    /// Swarms, 1 to `nodes`; the nodes are dealt to them in turn.
    public var swarms = 3
    /// Address of every listener.
    public var address = IPv4Address(value: 0x7f00_0001)
    /// The seed listens here and the nodes on the ports that follow. Nil: the ports of the last run, or free ones.
    public var portBase: UInt16?
    /// Keys, swarms and announced addresses of the nodes; as many as there are nodes. Empty: random keys, the nodes dealt
    /// to the swarms in turn.
    public var identities: [Identity] = []
    /// Storage-server version that the nodes report, and behave by.
    public var version = ServiceNode.Version(2, 11, 0)
    /// Hard fork and revision that the nodes report.
    public var hardFork = HardFork(21, 0)
    /// The rules that clients of this network follow.
    public var rules = Network.Rules.local
    /// Wait for a swarm member that is down before its part of an answer says so. Real nodes wait 5 s.
    public var memberTimeout = Duration.milliseconds(100)
    /// Wait of a node for the next node of an onion path.
    public var relayTimeout = Duration.seconds(30)
    /// Wait of the last node of an onion path for a server.
    public var serverTimeout = Duration.seconds(25)
    /// Time between two removals of expired messages.
    public var cleanUpInterval = Duration.seconds(10)
    /// Time after which a connection without traffic is closed.
    public var idleTimeout = Duration.seconds(10)
    /// Requests of the storage RPC that a node takes from one address. Nil: as many as come.
    public var rateLimit: RateLimit? = RateLimit()
    /// Whether messages lose their namespace when they are handed to a new member of a swarm, as 2.8.0 does it.
    public var handOverDropsNamespaces = false
    /// Sightings kept; the oldest go first.
    public var sightingLimit = 1000

    public init() {}

    /// How servers of `version` behave.
    public var generation: ServerGeneration { ServerGeneration(version) }

    /// A bucket of tokens, one for each request. Follows protocol document 02, section 6.6.
    public struct RateLimit: Hashable, Sendable {
        /// Tokens in a full bucket.
        public var burst: Int
        public var perSecond: Int

        public init(burst: Int = 600, perSecond: Int = 300) {
            self.burst = burst
            self.perSecond = perSecond
        }
    }

    /// Who a node is, when that is not left to chance.
    public struct Identity: Hashable, Sendable {
        /// Seed of the Ed25519 key.
        public var seed: Bytes32
        /// The key of old addresses. Nil: the Ed25519 key.
        public var legacyKey: Bytes32?
        public var swarmID: SwarmID
        /// What the list of nodes says about the node, wherever it really listens. Nil: where it really listens.
        public var announced: Address?

        public init(
            seed: Bytes32, legacyKey: Bytes32? = nil, swarmID: SwarmID, announced: Address? = nil
        ) {
            self.seed = seed
            self.legacyKey = legacyKey
            self.swarmID = swarmID
            self.announced = announced
        }

        public struct Address: Hashable, Sendable {
            public var address: IPv4Address
            public var httpsPort: UInt16
            public var omqPort: UInt16

            public init(_ address: IPv4Address, httpsPort: UInt16, omqPort: UInt16) {
                self.address = address
                self.httpsPort = httpsPort
                self.omqPort = omqPort
            }
        }
    }

    /// A hard fork of the chain.
    public struct HardFork: Hashable, Sendable, Comparable {
        public var number: UInt8
        public var revision: UInt8

        public init(_ number: UInt8, _ revision: UInt8) {
            self.number = number
            self.revision = revision
        }

        public static func < (left: Self, right: Self) -> Bool {
            (left.number, left.revision) < (right.number, right.revision)
        }
    }

    /// - Throws: `DevnetError(.invalidSetting)` naming the setting.
    func validate() throws(DevnetError) {
        guard (1...256).contains(nodes) else {
            throw DevnetError(.invalidSetting, "nodes is \(nodes), not 1 to 256")
        }
        guard identities.isEmpty || identities.count == nodes else {
            throw DevnetError(.invalidSetting, "identities are \(identities.count), not one for each of \(nodes) nodes")
        }
        guard (1...nodes).contains(swarms) else {
            throw DevnetError(.invalidSetting, "swarms is \(swarms), not 1 to the \(nodes) nodes")
        }
        if let portBase, portBase == 0 || Int(portBase) + nodes > Int(UInt16.max) {
            throw DevnetError(.invalidSetting, "portBase \(portBase) leaves no room for \(nodes + 1) ports")
        }
        if let rateLimit, rateLimit.burst < 1 || rateLimit.perSecond < 1 {
            throw DevnetError(.invalidSetting, "rateLimit is less than 1")
        }
        guard sightingLimit >= 0 else {
            throw DevnetError(.invalidSetting, "sightingLimit is negative")
        }
    }
}
