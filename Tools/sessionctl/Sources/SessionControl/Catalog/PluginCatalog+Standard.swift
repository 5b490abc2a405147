import SessionInterfaces
import SessionNameService
import SessionOnionPath
import SessionStorage
import SessionStorageLMDB
import SessionStorageSQLite
import SessionTransport

extension PluginCatalog {
    /// Everything this toolkit ships.
    public static let standard = PluginCatalog().adding { catalog in
        catalog.transport.register("curl", "HTTPS with libcurl") { options in
            var configuration = CurlTransport.Configuration()
            configuration.proxies = options.proxies
            if let limit = options.connectionsPerHost {
                configuration.maximumConnectionsPerHost = limit
                configuration.maximumConnections = max(configuration.maximumConnections, 8 * limit)
            }
            return try CurlTransport(configuration)
        }

        catalog.path.register("onion", "through three service nodes, hiding who asks") { options in
            OnionRouter(
                nodes: options.nodes, transport: options.transport, rules: options.network.rules,
                random: SystemRandom(), configuration: .init(singlePath: options.isShortLived),
                guards: options.cache.map { GuardRecord(in: $0, network: options.network.name) },
                nodesInDoubt: options.nodesInDoubt)
        }
        catalog.path.register("direct", "straight to the node, which then sees who asks") { options in
            DirectRouter(transport: options.transport)
        }

        catalog.storage.register("lmdb", "LMDB files") { try await LMDBStore.open($0.directory + "/lmdb") }
        catalog.storage.register("sqlite", "an SQLite file") {
            try await SQLiteStore.open($0.directory + "/store.sqlite")
        }
        catalog.storage.register("memory", "nothing on disk; gone when the command ends") { _ in MemoryStore() }

        catalog.names.register("swarm", "three service nodes that must agree") { options in
            SwarmNameResolver(nodes: options.nodes, router: options.router, random: SystemRandom())
        }
    }
}
