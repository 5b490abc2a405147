import HTTPTypes
import SessionCrypto
import SessionInterfaces
import SessionOnionPath
import SessionSwarm
import Synchronization

/// The population as a transport reaches it: nodes that really remove their layers and sign what they store, some of
/// them dead. Nothing waits: time spent on silence is added up instead.
final class SimulatedNetwork: Transport {
    /// How a node that cannot reach the next one of a path says so.
    enum Silence: Sendable {
        /// Not at all: the client's time runs out (2.8 and older).
        case unexplained
        /// With the name of the node that is gone (newer ones).
        case named
    }

    /// What the client's waiting adds up to.
    struct Account: Sendable {
        var requests = 0
        var waited = Duration.zero
        /// Stored messages and the swarms that hold them.
        var stored: [MessageHash: Set<SwarmID>] = [:]

        /// Messages that more than one swarm holds.
        var astray: Int { stored.values.count { $0.count > 1 } }
    }

    /// One way between two nodes, or between the client and its guard.
    private static let leg = Duration.milliseconds(60)
    private static let timeLimit = Duration.seconds(10)
    /// A refused connection, or a handshake that is not answered.
    private static let refusal = Duration.seconds(3)

    private let listing: [UInt8]
    private let byAuthority: [String: SimulatedNode]
    private let byKey: [Ed25519PublicKey: SimulatedNode]
    private let dead: Set<Ed25519PublicKey>
    private let silence: Silence
    private let random: any RandomSource
    private let account = Mutex(Account())

    init(_ population: Population, dead: Set<Ed25519PublicKey>, silence: Silence, random: any RandomSource) {
        listing = population.listing
        byAuthority = Dictionary(
            population.nodes.map { ("\($0.node.address):\($0.node.httpsPort)", $0) },
            uniquingKeysWith: { first, _ in first })
        byKey = Dictionary(population.nodes.map { ($0.node.ed25519Key, $0) }, uniquingKeysWith: { first, _ in first })
        self.dead = dead
        self.silence = silence
        self.random = random
    }

    /// What was counted since the last call.
    func settle() -> Account {
        account.withLock { current in
            defer { current = Account() }
            return current
        }
    }

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        guard request.head.path == OnionEntry.requestPath else {
            return TransportResponse(HTTPResponse(status: .ok), body: listing)
        }
        account.withLock { $0.requests += 1 }
        guard let authority = request.head.authority, let guardNode = byAuthority[authority],
            !dead.contains(guardNode.node.ed25519Key)
        else {
            wait(Self.refusal)
            throw TransportError(.unreachable, "connection refused")
        }
        let entry = try OnionEntry(decoding: request.body)
        let answer = try peel(entry.ciphertext, entry.seal, at: guardNode, depth: 1)
        return TransportResponse(HTTPResponse(status: .init(code: answer.status)), body: answer.body)
    }

    func shutdown() async {}

    private typealias Answer = (status: Int, body: [UInt8])

    private func peel(_ ciphertext: [UInt8], _ seal: HopSeal, at node: SimulatedNode, depth: Int) throws -> Answer {
        switch try OnionLayer(decrypted: seal.open(ciphertext, with: node.keys.x25519)) {
        case .final(let payload, let json, let base64):
            wait(Self.leg * (2 * depth))
            let sealed = try seal.sealReply(
                try store(payload, at: node).encoded(asJSON: json), with: node.keys.x25519, random: random)
            return (200, base64 ? Array(Base64.encode(sealed).utf8) : sealed)
        case .relay(let key, let next, let ciphertext):
            guard let member = byKey[key], !dead.contains(key) else { return try unreachable(key, depth) }
            return try peel(ciphertext, next, at: member, depth: depth + 1)
        case .server:
            return (404, [])
        }
    }

    private func unreachable(_ key: Ed25519PublicKey, _ depth: Int) throws -> Answer {
        switch silence {
        case .unexplained:
            wait(Self.timeLimit)
            throw TransportError(.timedOut, "no answer")
        case .named:
            wait(Self.leg * (2 * depth))
            return (502, Array("Next node is currently unreachable: \(key.hex)".utf8))
        }
    }

    /// Every living member of the destination's swarm signs for the message.
    private func store(_ document: [UInt8], at node: SimulatedNode) throws -> NodeReply {
        let item = try StoredItem(document)
        account.withLock { _ = $0.stored[item.hash, default: []].insert(node.node.swarmID) }
        let signed = SignedText.confirmedStore(item.hash).bytes
        let members = byKey.values.filter { $0.node.swarmID == node.node.swarmID && !dead.contains($0.node.ed25519Key) }
        let parts = members.map { member in
            let signature = Base64.encode(member.keys.sign(signed))
            return #""\#(member.node.ed25519Key.hex)":{"hash":"\#(item.hash.text)","signature":"\#(signature)"}"#
        }
        return NodeReply(
            status: 200,
            body: Array(#"{"swarm":{\#(parts.joined(separator: ","))},"t":1700000000000,"hf":[21,0]}"#.utf8))
    }

    private func wait(_ time: Duration) { account.withLock { $0.waited += time } }
}
