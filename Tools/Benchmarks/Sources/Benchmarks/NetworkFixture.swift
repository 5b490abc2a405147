import FoundationEssentials
import HTTPTypes
import SessionCrypto
import SessionDevnet
import SessionInterfaces
import SessionOnionPath
import SessionStorage
import SessionStorageLMDB
import SessionStorageSQLite
import SessionSwarm
import SessionTransport

/// A devnet in this process and a client of it, over TLS on the loopback interface.
struct NetworkFixture: Sendable {
    let devnet: Devnet
    let transport: CurlTransport
    let nodes: [ServiceNode]
    let map: SwarmMap

    /// - Parameter backend: what the nodes keep messages in: `memory`, `lmdb` or `sqlite`.
    static func run(
        _ backend: String, nodes: Int = 6, swarms: Int = 2, _ body: (NetworkFixture) async throws -> Void
    ) async throws {
        let directory = FileManager.default.temporaryDirectory.path + "/network-benchmarks-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let store: any Store =
            switch backend {
            case "lmdb": try await LMDBStore.open(directory + "/lmdb", initialMapSize: 8 << 30)
            case "sqlite": try await SQLiteStore.open(directory + "/sqlite")
            default: MemoryStore()
            }
        var settings = DevnetSettings()
        (settings.nodes, settings.swarms) = (nodes, swarms)
        settings.rateLimit = nil
        settings.idleTimeout = .seconds(60)
        // Nodes speak to each other over a transport of their own, as they would if they were elsewhere. A bound on
        // their connections would let requests that hold some wait for each other's.
        let relays = try CurlTransport(.init(maximumConnectionsPerHost: 1024, maximumConnections: 8192))
        let transport = try CurlTransport(.init(maximumConnectionsPerHost: 256, maximumConnections: 1024))
        let devnet = Devnet(settings, store: store, transport: relays, random: CryptoRandom())
        try await devnet.start()
        let list = try await devnet.nodes
        try await body(NetworkFixture(devnet: devnet, transport: transport, nodes: list, map: SwarmMap(list)))
        await devnet.stop()
        await transport.shutdown()
        await relays.shutdown()
        await store.close()
    }

    /// A member of the swarm that keeps messages of `account`.
    func member(for account: AccountID) -> ServiceNode {
        map.swarmID(of: account).flatMap { map.members(of: $0).first } ?? nodes[0]
    }

    /// A client whose requests go through three hops.
    func client() async throws -> SwarmClient {
        let network = try await devnet.network
        let pool = NodePool(network: network, transport: transport, random: CryptoRandom())
        let router = OnionRouter(nodes: pool, transport: transport, rules: network.rules, random: CryptoRandom())
        return SwarmClient(pool: pool, router: router, random: CryptoRandom())
    }

    /// Posts a storage call straight to a node.
    @discardableResult
    func post(_ document: [UInt8], to node: ServiceNode) async throws -> [UInt8] {
        let answer = try await transport.send(Self.request(document, to: node.httpsPort))
        guard answer.head.status == .ok else { throw Unexpected(answer: String(decoding: answer.body, as: UTF8.self)) }
        return answer.body
    }

    static func request(_ document: [UInt8], to port: UInt16) -> TransportRequest {
        let head = HTTPRequest(
            method: .post, scheme: "https", authority: "127.0.0.1:\(port)", path: RoutedRequest.storageRPCPath)
        return TransportRequest(head, body: document, trust: .none, timeLimit: .seconds(30))
    }

    struct Unexpected: Error {
        let answer: String
    }
}

/// An account and what it stores.
struct NetworkAccount: Sendable {
    let keys = AccountKeys.generate(from: CryptoRandom())

    func item(size: Int = 200) -> StorageItem {
        StorageItem(
            account: keys.accountID, namespace: .messages, data: CryptoRandom().bytes(size),
            timestamp: SystemClock().now(), timeToLive: .days(1))
    }

    func poll(after hash: MessageHash) throws -> [UInt8] {
        try StorageRequest.retrieve(
            keys.accountID, .messages, after: hash, share: 1, credential: .owner(keys.ed25519),
            signedAt: SystemClock().now()
        ).document()
    }
}
