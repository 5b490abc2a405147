import FoundationEssentials
import HTTPTypes
import SessionCrypto
import SessionInterfaces
import SessionSwarm
import Synchronization

/// A swarm of three nodes that keep what they are given, behind a scripted router: the network as Messenger meets it,
/// without a socket.
final class SwarmInMemory: Sendable {
    struct Stored: Sendable {
        var account: String
        var hash: String
        var data: String
        var timestamp: Int64
        var expiry: Int64
    }

    enum Fault: Sendable {
        /// No request arrives.
        case unreachable
        /// Requests arrive and are done, but no answer comes back.
        case answersLost
    }

    private let keys: [Ed25519KeyPair]
    private let messages = Mutex<[Stored]>([])
    private let fault = Mutex<Fault?>(nil)

    init() {
        keys = (0..<3).map { _ in Ed25519KeyPair.generate(from: CryptoRandom()) }
    }

    var stored: [Stored] { messages.withLock { $0 } }

    func fail(_ fault: Fault?) { self.fault.withLock { $0 = fault } }

    /// Puts bytes into an account's inbox as a stranger would.
    func drop(_ data: [UInt8], for account: AccountID, hash: MessageHash? = nil) {
        let hash = hash ?? MessageHash.of(account: account, namespace: .messages, data: data)
        let now = SystemClock().now().milliseconds
        messages.withLock {
            $0.append(
                Stored(
                    account: account.hex, hash: hash.text, data: Base64.encode(data), timestamp: now,
                    expiry: now + 1_000_000))
        }
    }

    /// A client of this swarm.
    func client() -> SwarmClient {
        let network = Network(
            name: "memory", seeds: [Network.Seed(origin: "http://seed.test", trust: .none)],
            rules: Network.Rules(minimumPoolSize: 3, minimumSwarmSize: 1, separatesSubnets: false, pathCount: 1))
        let pool = NodePool(
            network: network, transport: SeedTransport(body: nodeList), clock: SystemClock(), random: SystemRandom())
        return SwarmClient(pool: pool, router: ScriptedRouter(answer), clock: SystemClock(), random: SystemRandom())
    }

    private func answer(_ request: RoutedRequest, _ destination: Destination) async throws -> RoutedResponse {
        let fault = fault.withLock { $0 }
        if fault == .unreachable { throw RouterError(.noPath, "the swarm is out of reach") }
        let call = try JSONDecoder().decode(Call.self, from: Data(request.body))
        let body = try reply(to: call)
        if fault == .answersLost { throw RouterError(.timedOut, "no answer") }
        return RoutedResponse(status: 200, body: Array(body.utf8))
    }

    private func reply(to call: Call) throws -> String {
        let parameters = call.params
        switch call.method {
        case "batch", "sequence":
            let results = try (parameters.requests ?? []).map { #"{"code":200,"body":\#(try reply(to: $0))}"# }
            return #"{"results":[\#(results.joined(separator: ","))]}"#
        case "store":
            return try store(parameters)
        case "retrieve":
            return retrieve(parameters)
        default:
            throw RouterError(.invalidRequest, "no method \(call.method)")
        }
    }

    private func store(_ parameters: Parameters) throws -> String {
        guard let account = parameters.pubkey, let data = parameters.data, let bytes = Base64.decode(data) else {
            throw RouterError(.invalidRequest, "store lacks a parameter")
        }
        let hash = MessageHash.of(account: try AccountID(account), namespace: .messages, data: bytes).text
        let timestamp = parameters.timestamp ?? 0
        let expiry = timestamp + (parameters.ttl ?? 0)
        messages.withLock { messages in
            guard !messages.contains(where: { $0.hash == hash }) else { return }
            messages.append(
                Stored(account: account, hash: hash, data: data, timestamp: timestamp, expiry: expiry))
        }
        let members = keys.map { key in
            let signature = Base64.encode(key.sign(Array(hash.utf8)))
            return #""\#(key.publicKey.hex)":{"hash":"\#(hash)","expiry":\#(expiry),"signature":"\#(signature)"}"#
        }
        return #"{"hash":"\#(hash)","swarm":{\#(members.joined(separator: ","))},"t":\#(timestamp),"hf":[21,0]}"#
    }

    private func retrieve(_ parameters: Parameters) -> String {
        let all = messages.withLock { $0.filter { $0.account == parameters.pubkey } }
        let start = all.firstIndex { $0.hash == parameters.lastHash }.map { $0 + 1 } ?? 0
        // Two at a time, so that reading on is exercised.
        let page = all[start...].prefix(2)
        let items = page.map {
            #"{"hash":"\#($0.hash)","timestamp":\#($0.timestamp),"expiration":\#($0.expiry),"data":"\#($0.data)"}"#
        }
        return
            #"{"messages":[\#(items.joined(separator: ","))],"more":\#(start + page.count < all.count),"t":1,"hf":[21,0]}"#
    }

    private var nodeList: String {
        let nodes = keys.enumerated().map { position, key in
            """
            {"public_ip":"10.0.0.\(position + 1)","storage_port":1,"storage_lmq_port":2,"swarm_id":7,
            "pubkey_ed25519":"\(key.publicKey.hex)","pubkey_x25519":"\(key.x25519.publicKey.hex)",
            "storage_server_version":[2,11,0],"requested_unlock_height":0}
            """
        }
        return #"{"jsonrpc":"2.0","result":{"service_node_states":[\#(nodes.joined(separator: ","))],"status":"OK"}}"#
    }

    private struct Call: Decodable {
        let method: String
        let params: Parameters
    }

    private struct Parameters: Decodable {
        let pubkey: String?
        let data: String?
        let timestamp: Int64?
        let ttl: Int64?
        let lastHash: String?
        let requests: [Call]?

        enum CodingKeys: String, CodingKey {
            case pubkey, data, timestamp, ttl, requests
            case lastHash = "last_hash"
        }
    }
}

/// Answers every request with the node list.
private struct SeedTransport: Transport {
    let body: String

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        TransportResponse(HTTPResponse(status: .ok), body: Array(body.utf8))
    }

    func shutdown() async {}
}
