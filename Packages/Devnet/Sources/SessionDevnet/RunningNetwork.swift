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
        var stored = try await archive.open(settings, random: random)
        names = NameLedger(store: store)
        let chain = Chain(version: settings.version, hardFork: settings.hardFork, height: stored.network.height)
        context = NodeContext(
            settings: settings, chain: chain, daemon: Daemon(chain: chain, names: names, random: random),
            roster: Roster(), sightings: sightings, transport: transport, clock: clock, random: random)

        seed = Listener.seed(context)
        var hosts: [Host] = []
        do {
            stored.network.seedPort = try await settings.portChoice(at: 0, stored: stored.network.seedPort)
                .open(seed, random: random)
            for identity in try stored.identities() {
                let number = Int(identity.number)
                let node = StorageNode(
                    identity: identity, messages: MessageTable(store: store, node: identity.number), network: context)
                let host = Host(node: node, listener: try Listener.node(node))
                hosts.append(host)
                stored.nodes[number].port = try await settings.portChoice(
                    at: number + 1, stored: stored.nodes[number].port
                )
                .open(host.listener, random: random)
            }
            try await archive.save(stored)
        } catch {
            await Self.close([seed] + hosts.map(\.listener))
            throw error
        }
        seedPort = stored.network.seedPort
        self.hosts = Dictionary(uniqueKeysWithValues: hosts.map { ($0.node.key, $0) })
        let ports = stored.nodes.map(\.port)
        chain.replaceNodes(zip(hosts, ports).map { $0.node.listed(at: settings.address, port: $1) })
        for host in hosts { context.roster.insert(host.node) }
        cleanUp = Self.cleanUp(hosts.map(\.node), context)
    }

    /// Closes everything. The store stays open.
    func end() async {
        cleanUp.cancel()
        context.roster.removeAll()
        await Self.close([seed] + hosts.values.map(\.listener))
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

    private static func close(_ listeners: [Listener]) async {
        await withTaskGroup { group in
            for listener in listeners {
                group.addTask { await listener.close() }
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
    /// Bytes of the largest request body.
    private static let bodyLimit = 10 << 20

    fileprivate static func seed(_ context: NodeContext) -> Listener {
        let service = SeedService(daemon: context.daemon)
        return Listener(
            address: context.settings.address, tls: nil,
            service: HTTPService(serverName: "SessionDevnet seed", bodyLimit: bodyLimit) { await service.answer($0) })
    }

    fileprivate static func node(_ node: StorageNode) throws -> Listener {
        let service = StorageService(node: node)
        return Listener(
            address: node.network.settings.address, tls: try SelfSignedCertificate.tlsConfiguration(),
            service: HTTPService(
                serverName: StorageService.serverName(node.network.chain.version), bodyLimit: bodyLimit
            ) { await service.answer($0) })
    }
}

extension DevnetSettings {
    /// The port of the seed, number 0, or of a node, number 1 and up.
    fileprivate func portChoice(at number: Int, stored: UInt16) -> PortChoice {
        if let portBase { return .certain(portBase + UInt16(number)) }
        return stored == 0 ? .free : .certain(stored)
    }
}
