import SessionCrypto
import SessionDevnet
import SessionInterfaces
import SessionMessenger
import SessionNameService
import SessionOnionPath
import SessionStorage
import SessionSwarm
import SessionTransport

/// An account with a network stack of its own, as on a machine of its own.
struct Station: Sendable {
    let keys: AccountKeys
    let messenger: Messenger
    let router: OnionRouter
    let pool: NodePool
    let names: SwarmNameResolver
    let store: any Store
    private let transport: any Transport

    var id: AccountID { keys.accountID }

    init(
        _ keys: AccountKeys = .generate(from: CryptoRandom()), on network: Network, store: any Store = MemoryStore(),
        transport: (any Transport)? = nil, cache: (any Store)? = nil, timeLimit: Duration = .seconds(10)
    ) throws {
        self.keys = keys
        self.store = store
        let transport = try transport ?? CurlTransport()
        self.transport = transport
        pool = NodePool(network: network, transport: transport, cache: cache)
        router = OnionRouter(
            nodes: pool, transport: transport, rules: network.rules, random: SystemRandom(),
            nodesInDoubt: { [pool] in await pool.doubt() })
        names = SwarmNameResolver(nodes: pool, router: router, random: SystemRandom())
        var configuration = SwarmClient.Configuration()
        configuration.timeLimit = timeLimit
        configuration.isolation = .account(keys.accountID)
        let clock = NetworkTime()
        let swarm = SwarmClient(pool: pool, router: router, clock: clock, configuration: configuration)
        messenger = Messenger(keys: keys, store: store, swarm: swarm, clock: clock)
    }

    /// Polls and takes what has arrived.
    func receive() async throws -> [HistoryEntry] {
        _ = try await messenger.poll()
        let arrivals = try await messenger.arrivals()
        try await messenger.acknowledge(arrivals)
        return arrivals.map(\.message)
    }

    /// Polls until nothing more comes, at several members of the swarm if need be.
    func receiveAll() async throws -> [HistoryEntry] {
        var all: [HistoryEntry] = []
        for _ in 0..<3 {
            while case let found = try await receive(), !found.isEmpty { all += found }
        }
        return all
    }

    func close() async {
        await store.close()
        await transport.shutdown()
    }
}

/// A devnet for one test.
func withDevnet<R>(
    _ settings: DevnetSettings = DevnetSettings(), store: any Store = MemoryStore(),
    _ body: (Devnet, Network) async throws -> R
) async throws -> R {
    // Each request under way holds a connection for every hop: none may have to wait for another's.
    let transport = try CurlTransport(.init(maximumConnectionsPerHost: 1024, maximumConnections: 8192))
    let devnet = Devnet(settings, store: store, transport: transport)
    do {
        try await devnet.start()
        let result = try await body(devnet, try await devnet.network)
        await devnet.stop()
        await transport.shutdown()
        return result
    } catch {
        await devnet.stop()
        await transport.shutdown()
        throw error
    }
}
