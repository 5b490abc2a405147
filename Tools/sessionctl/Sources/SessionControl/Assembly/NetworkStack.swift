import SessionInterfaces
import SessionSwarm
import SessionTransport

/// The layers between a command and the network, put together from what the settings choose.
struct NetworkStack: Sendable {
    let transport: any Transport
    let pool: NodePool
    let router: any Router
    let swarm: SwarmClient
    let names: any NameResolver

    init(_ settings: Settings, catalog: PluginCatalog) throws {
        try self.init(
            network: Network.named(settings.network.value), transport: settings.transport.value,
            proxies: settings.proxies.value, path: settings.path.value, names: settings.names.value, catalog: catalog)
    }

    init(
        network: Network, transport: String, proxies: ProxyRules = ProxyRules(), path: String, names: String,
        catalog: PluginCatalog
    ) throws {
        let transport = try catalog.transport.plugin(named: transport).make(TransportOptions(proxies: proxies))
        let pool = NodePool(network: network, transport: transport, clock: SystemClock(), random: SystemRandom())
        let router = try catalog.path.plugin(named: path).make(
            PathOptions(network: network, nodes: pool, transport: transport))
        self.transport = transport
        self.pool = pool
        self.router = router
        swarm = SwarmClient(pool: pool, router: router, clock: SystemClock(), random: SystemRandom())
        self.names = try catalog.names.plugin(named: names).make(NameOptions(nodes: pool, router: router))
    }

    func shutdown() async { await transport.shutdown() }
}
