import SessionInterfaces

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
    /// Storage-server version that the nodes report.
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
    /// Sightings kept; the oldest go first.
    public var sightingLimit = 1000

    public init() {}

    /// A hard fork of the chain.
    public struct HardFork: Hashable, Sendable {
        public var number: UInt8
        public var revision: UInt8

        public init(_ number: UInt8, _ revision: UInt8) {
            self.number = number
            self.revision = revision
        }
    }

    /// - Throws: `DevnetError(.invalidSetting)` naming the setting.
    func validate() throws(DevnetError) {
        guard (1...256).contains(nodes) else {
            throw DevnetError(.invalidSetting, "nodes is \(nodes), not 1 to 256")
        }
        guard (1...nodes).contains(swarms) else {
            throw DevnetError(.invalidSetting, "swarms is \(swarms), not 1 to the \(nodes) nodes")
        }
        if let portBase, portBase == 0 || Int(portBase) + nodes > Int(UInt16.max) {
            throw DevnetError(.invalidSetting, "portBase \(portBase) leaves no room for \(nodes + 1) ports")
        }
        guard sightingLimit >= 0 else {
            throw DevnetError(.invalidSetting, "sightingLimit is negative")
        }
    }
}
