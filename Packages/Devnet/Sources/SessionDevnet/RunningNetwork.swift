import SessionCrypto
import SessionInterfaces

/// A network whose listeners are open.
final class RunningNetwork: Sendable {
    let context: NodeContext
    let seedPort: UInt16
    private let names: NameLedger
    private let archive: NetworkArchive
    private let seed: Listener
    private let hosts: [Ed25519PublicKey: Host]
    private let cleanUp: Task<Void, Never>

    /// A node and its listener.
    private struct Host {
        let node: StorageNode
        let listener: Listener
    }

    /// Opens the seed and every node.
    /// - Throws: `DevnetError`, `StoreError`, `CryptoError`; nothing is left open then.
    init(
        _ settings: DevnetSettings, store: any Store, transport: any Transport, clock: any NetworkClock,
        random: any RandomSource, sightings: SightingLog
    ) async throws {
        archive = NetworkArchive(store: store)
        names = NameLedger(store: store)
        var stored = try await archive.open(settings, random: random)
        let chain = Chain(version: settings.version, hardFork: settings.hardFork, height: stored.network.height)
        let context = NodeContext(
            settings: settings, chain: chain, daemon: Daemon(chain: chain, names: names, random: random),
            roster: Roster(), sightings: sightings, transport: transport, clock: clock, random: random)
        let nodes = try stored.identities().map { identity in
            StorageNode(
                identity: identity, messages: MessageTable(store: store, node: identity.number), network: context)
        }
        let hosts = try nodes.map { Host(node: $0, listener: try .node($0)) }
        let seed = Listener.seed(context)
        do {
            try await Self.open([seed] + hosts.map(\.listener), ports: &stored.ports, settings, random)
            try await archive.save(stored)
        } catch {
            await Self.retire([seed] + hosts.map(\.listener))
            throw error
        }
        chain.replaceNodes(zip(nodes, stored.nodes).map { $0.listed(at: settings.address, port: $1.port) })
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
        context.roster.removeAll()
        await Self.retire([seed] + hosts.values.map(\.listener))
        await cleanUp.value
    }

    /// - Throws: `DevnetError(.unknownNode)`.
    func stopNode(_ key: Ed25519PublicKey) async throws {
        let host = try host(key)
        context.roster.remove(key)
        await host.listener.close()
    }

    /// - Throws: `DevnetError(.unknownNode)`, `DevnetError(.portUnavailable)`.
    func startNode(_ key: Ed25519PublicKey) async throws {
        let host = try host(key)
        guard let port = context.chain.node(key)?.httpsPort else { throw Self.unknownNode }
        try await host.listener.open(port: port)
        context.roster.insert(host.node)
    }

    /// Puts a record into the ledger, with a block of its own.
    func register(_ record: LedgerRecord, for hash: Bytes32) async throws {
        try await names.put(record, for: hash)
        try await archive.save(height: context.chain.advance())
    }

    /// Removes at every node that is up what has expired.
    func removeExpiredMessages() async throws {
        try await Self.removeExpiredMessages(of: hosts.values.map(\.node), context)
    }
}

extension RunningNetwork {
    private static let unknownNode = DevnetError(.unknownNode, "no node of the network has this key")

    private func host(_ key: Ed25519PublicKey) throws -> Host {
        guard let host = hosts[key] else { throw Self.unknownNode }
        return host
    }

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
                try? await removeExpiredMessages(of: nodes, context)
            }
        }
    }

    private static func removeExpiredMessages(of nodes: [StorageNode], _ context: NodeContext) async throws {
        for node in nodes where context.roster.running(node.key) != nil {
            try await node.messages.removeExpired(at: context.clock.now())
        }
    }
}

extension Listener {
    fileprivate static func seed(_ context: NodeContext) -> Listener {
        let service = SeedService(daemon: context.daemon)
        return Listener(
            address: context.settings.address, tls: nil,
            service: HTTPService(
                serverName: "SessionDevnet seed", bodyLimit: { _ in SeedService.bodyLimit },
                answer: { await service.answer($0) }))
    }

    fileprivate static func node(_ node: StorageNode) throws -> Listener {
        let service = StorageService(node: node)
        return Listener(
            address: node.network.settings.address, tls: try SelfSignedCertificate.tlsConfiguration(),
            service: HTTPService(
                serverName: StorageService.serverName(node.network.chain.version),
                bodyLimit: StorageService.bodyLimit(at:), answer: { await service.answer($0) }))
    }
}

extension DevnetSettings {
    /// The port of the seed, number 0, or of a node, number 1 and up.
    fileprivate func portChoice(at number: Int, stored: UInt16) -> PortChoice {
        if let portBase { return .certain(portBase + UInt16(number)) }
        return stored == 0 ? .free : .certain(stored)
    }
}
