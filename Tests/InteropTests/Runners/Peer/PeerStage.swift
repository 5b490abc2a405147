import HTTPTypes
import SessionCrypto
import SessionInterfaces
import SessionStorage
import SessionSwarm
import SessionTransport
import Testing

@testable import SessionDevnet

/// The network of a file as a devnet, with a clock that stands where a transcript says.
struct PeerStage {
    let file: PeerFile
    let devnet: Devnet
    let transport: CurlTransport
    let clock: FixedClock

    struct Answer {
        let status: Int
        let headers: HTTPFields
        let body: [UInt8]
    }

    /// Runs `body` on a stage of its own, with servers of 2.8.0 and short waits.
    static func run(_ file: PeerFile, _ body: (PeerStage) async throws -> Void) async throws {
        var settings = DevnetSettings()
        settings.nodes = file.nodes.count
        settings.identities = file.nodes.map(\.identity)
        settings.swarms = Set(file.nodes.map(\.identity.swarmID)).count
        settings.version = .init(2, 8, 0)
        settings.hardFork = file.hardFork
        settings.relayTimeout = .seconds(3)
        settings.idleTimeout = .seconds(4)
        settings.cleanUpInterval = .seconds(3600)
        let clock = FixedClock(Timestamp(milliseconds: 1_795_410_000_000))
        let transport = try CurlTransport()
        let devnet = Devnet(
            settings, store: MemoryStore(), transport: transport, clock: clock, random: CryptoRandom())
        try await devnet.start()
        let running = try await devnet.running
        for (hash, record) in file.names { try await running.register(record, for: hash) }
        if let height = file.height {
            while running.context.chain.height < height { running.context.chain.advance() }
        }
        let stage = PeerStage(file: file, devnet: devnet, transport: transport, clock: clock)
        do {
            try await stage.plantWitnesses()
            try await body(stage)
        } catch {
            Issue.record("\(file.kind): \(error)")
        }
        await devnet.stop()
        await transport.shutdown()
    }

    func setClock(_ milliseconds: Int64) {
        clock.advance(by: .milliseconds(milliseconds - clock.now().milliseconds))
    }

    /// The node of the devnet that stands for the one at `to`, an address with or without a port; the first by default.
    func node(at to: String?) async throws -> StorageNode {
        let ip = to.map { String($0.prefix { $0 != ":" }) } ?? file.nodes[0].ip
        let peer = try #require(file.nodes.first { $0.ip == ip }, "no node at \(ip)")
        return try await devnet.running.host(peer.keys.publicKey).node
    }

    /// Sends a request as it was sent, over TLS.
    func send(
        _ request: String, _ headers: [String: JSONValue], _ body: [UInt8], to: String?
    ) async throws -> Answer {
        let parts = request.split(separator: " ").map(String.init)
        let method = try #require(HTTPRequest.Method(rawValue: parts[0]))
        let key = try await node(at: to).key
        let endpoint = try #require(try await devnet.running.context.chain.listing(of: key)?.endpoint)
        var fields = HTTPFields()
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { fields[name] = value.string }
        }
        let head = HTTPRequest(
            method: method, scheme: "https", authority: "\(endpoint.address):\(endpoint.port)", path: parts[1],
            headerFields: fields)
        let answer = try await transport.send(
            TransportRequest(
                head, body: body, trust: .none, timeLimit: .seconds(20), maximumResponseSize: 32 << 20))
        return Answer(status: answer.head.status.code, headers: answer.head.headerFields, body: answer.body)
    }

    /// Removes a message at every node.
    func remove(_ hash: MessageHash, of account: AccountKey) async throws {
        for node in try await devnet.running.nodes { _ = try await node.messages.remove([hash], of: account) }
    }

    /// Puts a message where it had been put before the transcripts began, or between two of them.
    func plant(_ message: MessageRecord, for account: AccountKey, _ namespace: Namespace) async throws {
        let running = try await devnet.running
        for member in running.context.chain.swarm(of: account).members {
            let table = try running.host(member.ed25519Key).node.messages
            guard try await table.expiries(of: [message.hash], account).isEmpty else { continue }
            _ = try await table.add(message, for: account, namespace)
        }
    }
}
