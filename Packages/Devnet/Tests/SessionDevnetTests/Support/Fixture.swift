import HTTPTypes
import SessionCrypto
import SessionInterfaces
import SessionStorage
import SessionSwarm
import SessionTransport

@testable import SessionDevnet

/// A running devnet and a client's means to speak to it.
struct Fixture {
    let devnet: Devnet
    let transport: CurlTransport
    let clock: any NetworkClock
    let nodes: [ServiceNode]

    /// Runs `body` with a devnet of its own, which is gone afterwards.
    @discardableResult
    static func run<R>(
        _ settings: DevnetSettings = DevnetSettings(), store: any Store = MemoryStore(),
        clock: any NetworkClock = SystemClock(), _ body: (Fixture) async throws -> R
    ) async throws -> R {
        let transport = try CurlTransport()
        let devnet = Devnet(settings, store: store, transport: transport, clock: clock, random: CryptoRandom())
        do {
            try await devnet.start()
            let fixture = Fixture(
                devnet: devnet, transport: transport, clock: clock, nodes: try await devnet.nodes)
            let result = try await body(fixture)
            await devnet.stop()
            await transport.shutdown()
            return result
        } catch {
            await devnet.stop()
            await transport.shutdown()
            throw error
        }
    }

    var now: Int64 { clock.now().milliseconds }

    /// The nodes of the swarm that keeps messages of `account`, and the others.
    func swarm(of account: AccountID) async throws -> (members: [ServiceNode], others: [ServiceNode]) {
        let answer = try await call(nodes[0], "get_swarm", ["pubkey": .string(account.hex)])
        let keys = Set(answer.members["snodes"]?.array?.compactMap { $0.object?["pubkey_ed25519"]?.string } ?? [])
        return (nodes.filter { keys.contains($0.ed25519Key.hex) }, nodes.filter { !keys.contains($0.ed25519Key.hex) })
    }

    func call(_ node: ServiceNode, _ method: String, _ parameters: [String: JSONValue]) async throws -> Reply {
        let document: JSONValue = ["method": .string(method), "params": .object(parameters)]
        return try await post(document.encoded(), to: node)
    }

    func post(
        _ body: [UInt8], to node: ServiceNode, path: String = RoutedRequest.storageRPCPath,
        headers: HTTPFields = [:], timeLimit: Duration = .seconds(20)
    ) async throws -> Reply {
        try await send(
            HTTPRequest(
                method: .post, scheme: "https", authority: "\(node.address):\(node.httpsPort)", path: path,
                headerFields: headers), body, timeLimit: timeLimit)
    }

    /// A call of the seed's JSON-RPC.
    func seed(_ body: String) async throws -> Reply {
        let origin = try await devnet.network.seeds[0].origin
        return try await send(
            HTTPRequest(
                method: .post, scheme: "http", authority: String(origin.dropFirst("http://".count)),
                path: "/json_rpc"), Array(body.utf8))
    }

    func send(_ head: HTTPRequest, _ body: [UInt8], timeLimit: Duration = .seconds(20)) async throws -> Reply {
        let request = TransportRequest(
            head, body: body, trust: .none, timeLimit: timeLimit, maximumResponseSize: 32 << 20)
        let response = try await transport.send(request)
        return Reply(status: response.head.status.code, headers: response.head.headerFields, body: response.body)
    }
}

struct Reply {
    let status: Int
    let headers: HTTPFields
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
    var json: JSONValue? { JSONValue(decoding: body) }
    var members: [String: JSONValue] { json?.object ?? [:] }
    /// The parts of a recursive answer by member key.
    var swarm: [String: [String: JSONValue]] {
        (members["swarm"]?.object ?? [:]).compactMapValues(\.object)
    }
    /// The data of retrieved messages.
    var messages: [[UInt8]?] {
        (members["messages"]?.array ?? []).map { $0.object?["data"]?.string.flatMap(Base64.decode) }
    }
}
