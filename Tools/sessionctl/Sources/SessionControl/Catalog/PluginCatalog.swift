import SessionInterfaces
import SessionTransport

/// The implementations that the tool may choose from at run time, by slot and name.
///
/// Registration is explicit: whoever builds a catalog sees every line that fills it.
public struct PluginCatalog: Sendable {
    public typealias OpenTransport = @Sendable (TransportOptions) throws -> any Transport
    public typealias OpenStore = @Sendable (StorageOptions) async throws -> any Store
    public typealias MakeRouter = @Sendable (PathOptions) throws -> any Router
    public typealias MakeResolver = @Sendable (NameOptions) throws -> any NameResolver

    public var transport = PluginSlot<OpenTransport>("transport")
    public var path = PluginSlot<MakeRouter>("path")
    public var storage = PluginSlot<OpenStore>("storage")
    public var names = PluginSlot<MakeResolver>("names")

    /// A catalog with nothing in it.
    public init() {}

    /// A copy with what `register` adds. A name that exists already is replaced.
    public func adding(_ register: (inout PluginCatalog) -> Void) -> PluginCatalog {
        var copy = self
        register(&copy)
        return copy
    }
}

public struct TransportOptions: Sendable {
    public let proxies: ProxyRules
    /// Connections that may be open at once to one host and port; nil leaves it to the transport.
    public let connectionsPerHost: Int?

    /// - Parameter proxies: none by default, as on the loopback interface.
    public init(proxies: ProxyRules = ProxyRules(), connectionsPerHost: Int? = nil) {
        self.proxies = proxies
        self.connectionsPerHost = connectionsPerHost
    }

    /// For the nodes of a devnet: each request under way holds a connection for every hop, and if they had to wait for
    /// each other's, all might wait for ever.
    static let relays = TransportOptions(connectionsPerHost: 1024)
}

public struct StorageOptions: Sendable {
    /// The directory that belongs to this store alone; it exists.
    public let directory: String
}

public struct PathOptions: Sendable {
    public let network: Network
    public let nodes: any ServiceNodeSource
    public let transport: any Transport
    /// Where a router may keep what it wants to know in the next run.
    public let cache: (any Store)?
    /// Whether the process ends after one command.
    public let isShortLived: Bool
    /// To be called when the list of nodes seems to be old.
    public let nodesInDoubt: @Sendable () async -> Void
}

public struct NameOptions: Sendable {
    public let nodes: any ServiceNodeSource
    public let router: any Router
}
