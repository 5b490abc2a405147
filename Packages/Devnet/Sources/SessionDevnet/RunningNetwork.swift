import SessionCrypto
import SessionInterfaces

/// A network whose listeners are open.
final class RunningNetwork: Sendable {
    let context: NodeContext
    let seedPort: UInt16
    let controlToken: String
    let archive: NetworkArchive
    private let names: NameLedger
    private let seed: Listener
    private let hosts: [Ed25519PublicKey: Host]
    private let cleanUp: Task<Void, Never>

    /// A node and its listener.
    struct Host {
        let node: StorageNode
        let listener: Listener
    }

    /// Opens the seed and every node.
    /// - Throws: `DevnetError`, `StoreError`, `CryptoError`; nothing is left open then.
    init(
        _ settings: DevnetSettings, store: any Store, transport: any Transport, clock: any NetworkClock,
        random: any RandomSource, sightings: SightingLog,
        controlled: @escaping @Sendable () -> (any ControlledNetwork)?
    ) async throws {
        archive = NetworkArchive(store: store)
        names = NameLedger(store: store)
        var stored = try await archive.open(settings, random: random)
        let chain = Chain(version: settings.version, hardFork: settings.hardFork, height: stored.network.height)
        let context = NodeContext(
            settings: settings, chain: chain, daemon: Daemon(chain: chain, names: names, random: random),
            roster: Roster(), sightings: sightings, transport: transport, clock: clock, random: random)
        let nodes = try stored.identities(settings).map { identity in
            StorageNode(
                identity: identity, messages: MessageTable(store: store, node: identity.number), network: context)
        }
        let hosts = try nodes.map { Host(node: $0, listener: try .node($0)) }
        controlToken = try await archive.controlToken(random: random)
        let seed = Listener.seed(context, ControlService(token: controlToken, network: controlled))
        do {
            try await Self.open([seed] + hosts.map(\.listener), ports: &stored.ports, settings, random)
            try await archive.save(stored)
        } catch {
            await Self.retire([seed] + hosts.map(\.listener))
            throw error
        }
        chain.replaceNodes(zip(nodes, stored.nodes).map { $0.listing(at: settings.address, port: $1.port) })
        for node in nodes { context.roster.insert(node) }
        self.context = context
        self.seed = seed
        seedPort = stored.network.seedPort
        self.hosts = Dictionary(uniqueKeysWithValues: hosts.map { ($0.node.key, $0) })
        cleanUp = Self.cleanUp(nodes, context)
    }

    /// Closes everything. The store stays open.
    func end() async {
        cleanUp.cancel()
        for host in hosts.values { host.node.condition.clear(.silent) }
        await Self.retire([seed] + hosts.values.map(\.listener))
        context.roster.removeAll()
        await cleanUp.value
    }

    var nodes: [StorageNode] { hosts.values.map(\.node) }

    /// - Throws: `DevnetError(.unknownNode)`.
    func host(_ key: Ed25519PublicKey) throws -> Host {
        guard let host = hosts[key] else {
            throw DevnetError(.unknownNode, "no node of the network has this key")
        }
        return host
    }

    /// Puts a record into the ledger, with a block of its own.
    func register(_ record: LedgerRecord, for hash: Bytes32) async throws {
        try await names.put(record, for: hash)
        try await archive.save(height: context.chain.advance())
    }

    /// Removes at every node that is up what has expired.
    func removeExpiredMessages() async throws {
        try await Self.removeExpiredMessages(of: nodes)
    }
}

extension RunningNetwork {
    /// Opens the seed, which comes first, and the nodes.
    private static func open(
        _ listeners: [Listener], ports: inout [UInt16], _ settings: DevnetSettings, _ random: any RandomSource
    ) async throws {
        for (number, listener) in listeners.enumerated() {
            ports[number] = try await settings.portChoice(at: number, stored: ports[number])
                .open(listener, random: random)
        }
    }

    private static func retire(_ listeners: [Listener]) async {
        await withTaskGroup { group in
            for listener in listeners {
                group.addTask { await listener.retire() }
            }
        }
    }

    private static func cleanUp(_ nodes: [StorageNode], _ context: NodeContext) -> Task<Void, Never> {
        Task {
            // What a round could not remove, the next one will.
            while (try? await Task.sleep(for: context.settings.cleanUpInterval)) != nil {
                try? await removeExpiredMessages(of: nodes)
            }
        }
    }

    private static func removeExpiredMessages(of nodes: [StorageNode]) async throws {
        for node in nodes where !node.condition.has(.down) {
            try await node.messages.removeExpired(at: node.now)
        }
    }
}

extension Listener {
    fileprivate static func seed(_ context: NodeContext, _ control: ControlService) -> Listener {
        let service = SeedService(daemon: context.daemon, control: control)
        return Listener(
            address: context.settings.address, tls: nil,
            service: HTTPService(
                serverName: "SessionDevnet seed", bodyLimit: { _ in SeedService.bodyLimit },
                answer: { await service.answer($0) }), idleTimeout: context.settings.idleTimeout)
    }

    fileprivate static func node(_ node: StorageNode) throws -> Listener {
        let service = StorageService(node: node)
        let settings = node.network.settings
        return Listener(
            address: settings.address, tls: try SelfSignedCertificate.tlsConfiguration(),
            service: HTTPService(
                serverName: StorageService.serverName(node.network.chain.version),
                bodyLimit: StorageService.bodyLimit(at:), answer: { await service.answer($0) }),
            idleTimeout: settings.idleTimeout)
    }
}

extension StorageNode {
    /// The node as the chain lists it. Nothing listens for OMQ or QUIC.
    fileprivate func listing(at address: IPv4Address, port: UInt16) -> Chain.Listing {
        let settings = network.settings
        let announced =
            (settings.identities.isEmpty ? nil : settings.identities[Int(identity.number)].announced)
            ?? DevnetSettings.Identity.Address(address, httpsPort: port, omqPort: 0)
        return Chain.Listing(
            node: ServiceNode(
                ed25519Key: key, x25519Key: identity.keys.x25519.publicKey, address: announced.address,
                httpsPort: announced.httpsPort, omqPort: announced.omqPort, version: network.chain.version,
                swarmID: identity.swarmID),
            legacyKey: identity.legacyKey, endpoint: Chain.Endpoint(address: address, port: port))
    }
}

extension DevnetSettings {
    /// The port of the seed, number 0, or of a node, number 1 and up.
    fileprivate func portChoice(at number: Int, stored: UInt16) -> PortChoice {
        if let portBase { return .certain(portBase + UInt16(number)) }
        return stored == 0 ? .free : .certain(stored)
    }
}
