import SessionInterfaces
import SessionOnionPath
import SessionSwarm
import SessionTransport

/// The layers between a command and the network, put together from what the settings choose.
struct NetworkStack: Sendable {
    let transport: any Transport
    let pool: NodePool
    let router: any Router
    let swarm: SwarmClient
    let names: any NameResolver
    let clock: NetworkTime
    let isolation: PathIsolation

    /// - Parameters:
    ///   - cache: where node list and guards are kept between runs; nil for nowhere.
    ///   - isolation: whose requests these are.
    init(
        _ settings: Settings, catalog: PluginCatalog, cache: (any Store)?, isolation: PathIsolation, isShortLived: Bool
    ) throws {
        try self.init(
            network: Network.named(settings.network.value), settings, proxies: settings.proxies.value,
            catalog: catalog, cache: cache, isolation: isolation, isShortLived: isShortLived)
    }

    init(
        network: Network, _ settings: Settings, proxies: ProxyRules = ProxyRules(), catalog: PluginCatalog,
        cache: (any Store)? = nil, isolation: PathIsolation = .shared, isShortLived: Bool = true
    ) throws {
        let transport = try catalog.transport.plugin(named: settings.transport.value)
            .make(TransportOptions(proxies: proxies))
        let clock = NetworkTime()
        let pool = NodePool(network: network, transport: transport, clock: clock, cache: cache)
        let router = try catalog.path.plugin(named: settings.path.value).make(
            PathOptions(
                network: network, nodes: pool, transport: transport, cache: cache, isShortLived: isShortLived,
                nodesInDoubt: { await pool.doubt() }))
        self.transport = transport
        self.pool = pool
        self.router = router
        self.clock = clock
        self.isolation = isolation
        var configuration = SwarmClient.Configuration()
        configuration.isolation = isolation
        swarm = SwarmClient(pool: pool, router: router, clock: clock, configuration: configuration)
        names = try catalog.names.plugin(named: settings.names.value).make(NameOptions(nodes: pool, router: router))
    }

    /// The router, as far as it has paths that can be shown.
    /// - Throws: `ControlError(.noPaths)`
    var paths: OnionRouter {
        get throws {
            guard let router = router as? OnionRouter else {
                throw ControlError(.noPaths, "the router in use has no paths; choose --path onion")
            }
            return router
        }
    }

    func shutdown() async {
        await router.save()
        await transport.shutdown()
    }
}
