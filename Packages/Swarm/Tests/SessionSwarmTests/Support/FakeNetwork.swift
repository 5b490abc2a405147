import FoundationEssentials
import HTTPTypes
import SessionCrypto
import SessionInterfaces
import SessionSwarm
import Synchronization

/// A service node with its secret key.
struct FakeNode: Sendable {
    let keys: Ed25519KeyPair
    let node: ServiceNode

    init(_ number: UInt8, swarm: UInt64) {
        keys = .repeating(number)
        node = ServiceNode(
            ed25519Key: keys.publicKey, x25519Key: keys.x25519.publicKey,
            address: IPv4Address("10.0.\(number).1")!, httpsPort: 22021, omqPort: 22020, version: .init(2, 11, 0),
            swarmID: SwarmID(rawValue: swarm))
    }

    var key: Ed25519PublicKey { keys.publicKey }

    /// The node in a chain daemon's list.
    var record: JSONValue {
        [
            "pubkey_ed25519": .string(key.hex), "pubkey_x25519": .string(node.x25519Key.hex),
            "public_ip": .string(node.address.description), "storage_port": .integer(Int64(node.httpsPort)),
            "storage_lmq_port": .integer(Int64(node.omqPort)),
            "swarm_id": Int64(exactly: node.swarmID.rawValue).map { .integer($0) } ?? .unsigned(node.swarmID.rawValue),
            "storage_server_version": [2, 11, 0], "requested_unlock_height": 0,
        ]
    }
}

/// Two swarms of four nodes; the IDs exceed what a double can hold.
enum FakeNetwork {
    static let nearSwarm: UInt64 = 9_223_372_036_854_775_809
    static let farSwarm: UInt64 = 18_446_744_073_709_551_600
    static let nodes: [FakeNode] = (1...8).map { FakeNode($0, swarm: $0 <= 4 ? nearSwarm : farSwarm) }
    static var near: [FakeNode] { Array(nodes[..<4]) }
    static var far: [FakeNode] { Array(nodes[4...]) }

    static let owner = Ed25519KeyPair.repeating(0x77)
    /// An account that the first four nodes serve.
    static let account = AccountID(prefix: .standard, key: Bytes32([0x80] + [UInt8](repeating: 0, count: 31))!)
    static let now = Timestamp(milliseconds: 1_700_000_000_000)

    static func network(seeds: Int = 1, minimumPoolSize: Int = 4, minimumSwarmSize: Int = 1) -> Network {
        Network(
            name: "test",
            seeds: (0..<seeds).map { Network.Seed(origin: "http://127.0.0.1:\(5000 + $0)", trust: .none) },
            rules: .init(
                minimumPoolSize: minimumPoolSize, minimumSwarmSize: minimumSwarmSize, separatesSubnets: false,
                pathCount: 1))
    }

    static func list(_ nodes: [FakeNode]) -> JSONValue {
        ["result": ["service_node_states": .array(nodes.map(\.record)), "status": "OK"]]
    }

    /// For whom `owner` may sign.
    static func ownedAccount() -> AccountID { AccountID(standard: owner.x25519.publicKey) }

    static func node(_ key: Ed25519PublicKey) -> FakeNode? { nodes.first { $0.key == key } }
}

extension JSONValue {
    var bytes: [UInt8] { (try? JSONEncoder().encode(self)).map { [UInt8]($0) } ?? [] }

    init(parsing bytes: [UInt8]) throws { self = try JSONDecoder().decode(JSONValue.self, from: Data(bytes)) }
}

/// A transport that hands each request to a closure and remembers it.
final class ScriptedTransport: Transport {
    private let requests = Mutex<[TransportRequest]>([])
    private let answer: @Sendable (TransportRequest, Int) async throws -> (status: Int, body: [UInt8])

    /// - Parameter answer: receives the request and how many came before it.
    init(_ answer: @escaping @Sendable (TransportRequest, Int) async throws -> (status: Int, body: [UInt8])) {
        self.answer = answer
    }

    convenience init(listing nodes: [FakeNode]) {
        let body = FakeNetwork.list(nodes).bytes
        self.init { _, _ in (200, body) }
    }

    var sent: [TransportRequest] { requests.withLock { $0 } }

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        let number = requests.withLock { requests in
            requests.append(request)
            return requests.count - 1
        }
        let answer = try await answer(request, number)
        return TransportResponse(HTTPResponse(status: .init(code: answer.status)), body: answer.body)
    }

    func shutdown() async {}
}

/// A router that hands each storage RPC document to a closure and remembers who got what.
final class RecordingRouter: Router {
    struct Call: Sendable {
        let node: ServiceNode
        let document: [UInt8]
    }

    private let log = Mutex<[Call]>([])
    private let answer: @Sendable (FakeNode, JSONValue, Int) async throws -> (status: Int, body: [UInt8])

    /// - Parameter answer: receives the node, the document and how many calls came before it.
    init(_ answer: @escaping @Sendable (FakeNode, JSONValue, Int) async throws -> (status: Int, body: [UInt8])) {
        self.answer = answer
    }

    var calls: [Call] { log.withLock { $0 } }

    func send(_ request: RoutedRequest, to destination: Destination) async throws -> RoutedResponse {
        guard case .serviceNode(let node) = destination, let fake = FakeNetwork.node(node.ed25519Key) else {
            throw RouterError(.unsupportedDestination, "no service node")
        }
        let number = log.withLock { log in
            log.append(Call(node: node, document: request.body))
            return log.count - 1
        }
        let answer = try await answer(fake, try JSONValue(parsing: request.body), number)
        return RoutedResponse(status: answer.status, body: answer.body, path: [node])
    }
}

extension NodePoolPolicy {
    /// Never waits.
    static var immediate: NodePoolPolicy {
        var policy = NodePoolPolicy()
        policy.seedBackOff = .zero
        return policy
    }
}

extension NodePool {
    static func filled(
        _ transport: ScriptedTransport = ScriptedTransport(listing: FakeNetwork.nodes),
        network: Network = FakeNetwork.network(), clock: FixedClock = FixedClock(FakeNetwork.now)
    ) -> NodePool {
        NodePool(
            network: network, transport: transport, clock: clock, random: SeededRandom(seed: 1), policy: .immediate)
    }
}

extension SwarmClient {
    static func over(
        _ router: any Router, pool: NodePool = .filled(), clock: FixedClock = FixedClock(FakeNetwork.now),
        seed: UInt64 = 3
    ) -> SwarmClient {
        var configuration = Configuration()
        configuration.retryPause = .zero
        configuration.rateLimitPause = .zero
        return SwarmClient(
            pool: pool, router: router, clock: clock, random: SeededRandom(seed: seed), configuration: configuration)
    }
}
