public import SessionInterfaces
import SessionNameService

/// A whole Session network in one process: service nodes over TLS, a seed, a name ledger.
///
/// Real sockets on the loopback interface, real onion layers between the nodes, real signatures; what the nodes keep is
/// in a store, so that a network comes back as it was. For tests, demonstrations and other people's clients.
/// Follows protocol document 02, section 6.
public actor Devnet {
    private let settings: DevnetSettings
    private let store: any Store
    private let transport: any Transport
    private let clock: any NetworkClock
    private let random: any RandomSource
    private let sightingLog: SightingLog
    private var run: Task<RunningNetwork, any Error>?

    /// - Parameters:
    ///   - store: Keeps keys, ports, messages and names. The network shares it with nobody and does not close it.
    ///   - transport: Carries requests from node to node, and from nodes to servers. It is not shut down. It must be
    ///     able to open more connections to each node than onion requests are under way: each request holds one of every
    ///     hop until it is answered, so that with too few, requests would wait for each other until they time out.
    ///   - clock: The clock of every node.
    public init(
        _ settings: DevnetSettings = DevnetSettings(), store: any Store, transport: any Transport,
        clock: any NetworkClock = SystemClock(), random: any RandomSource = SystemRandom()
    ) {
        self.settings = settings
        self.store = store
        self.transport = transport
        self.clock = clock
        self.random = random
        sightingLog = SightingLog(limit: max(0, settings.sightingLimit))
    }

    /// Opens the seed and all nodes. Does nothing when they are open already.
    /// - Throws: `DevnetError`, or `StoreError`.
    public func start() async throws {
        try settings.validate()
        let controlled: @Sendable () -> (any ControlledNetwork)? = { [weak self] in self }
        let run =
            run
            ?? Task { [settings, store, transport, clock, random, sightingLog] in
                try await RunningNetwork(
                    settings, store: store, transport: transport, clock: clock, random: random,
                    sightings: sightingLog, controlled: controlled)
            }
        self.run = run
        do {
            _ = try await run.value
        } catch {
            if self.run == run { self.run = nil }
            throw error
        }
    }

    /// Closes every socket, within about a second. Keys, messages and names stay in the store.
    public func stop() async {
        guard let ending = run else { return }
        run = nil
        await (try? ending.value)?.end()
    }

    var running: RunningNetwork {
        get async throws {
            guard let run else { throw DevnetError(.notRunning, "the devnet is not running") }
            return try await run.value
        }
    }
}

extension Devnet {
    /// For clients in this process.
    /// - Throws: `DevnetError(.notRunning)`.
    public var network: Network {
        get async throws {
            let origin = "http://\(settings.address):\(try await running.seedPort)"
            return Network(
                name: settings.name, seeds: [Network.Seed(origin: origin, trust: .none)], rules: settings.rules)
        }
    }

    /// For clients elsewhere: the content of a network file.
    /// - Throws: `DevnetError(.notRunning)`.
    public func descriptor() async throws -> DevnetDescriptor {
        let network = try await network
        let token = try await running.controlToken
        let control = network.seeds.first.map { DevnetDescriptor.Control(url: $0.origin, token: token) }
        return DevnetDescriptor(network, nodes: try await nodes, control: control)
    }

    /// Every node, whether it is up or not.
    /// - Throws: `DevnetError(.notRunning)`.
    public var nodes: [ServiceNode] {
        get async throws { try await running.context.chain.nodes }
    }

    /// Takes a node off the network: its port refuses connections. What it keeps stays, but it misses what is stored
    /// while it is down.
    /// - Throws: `DevnetError(.unknownNode)`, `DevnetError(.notRunning)`.
    public func stopNode(_ key: Ed25519PublicKey) async throws {
        try await setFault(.down, for: key)
    }

    /// Brings a node back at its old port.
    /// - Throws: `DevnetError(.unknownNode)`, `DevnetError(.portUnavailable)`, `DevnetError(.notRunning)`.
    public func startNode(_ key: Ed25519PublicKey) async throws {
        try await clearFault(.down, of: key)
    }

    /// Removes expired messages now instead of at the next clean-up.
    /// - Throws: `StoreError`, `DevnetError(.notRunning)`.
    public func removeExpiredMessages() async throws {
        try await running.removeExpiredMessages()
    }

    /// Puts an encrypted record that leads from `name` to `account` into the ledger, in place of an older one.
    /// - Throws: `NameError(.invalidName)`, `StoreError`, `DevnetError(.notRunning)`.
    public func register(name: String, for account: AccountID) async throws {
        let name = try SessionName(name)
        let record = try NameRecord.seal(account, for: name, random: random)
        try await running.register(
            LedgerRecord(encryptedValue: record.encryptedValue, nonce: record.nonce), for: name.hash)
    }

    /// What nodes could see of requests, oldest first; at most as many as the settings say.
    public func sightings() -> [Sighting] { sightingLog.all }

    public func clearSightings() { sightingLog.clear() }
}
