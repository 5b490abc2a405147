import HTTPTypes
import SessionCrypto
import SessionInterfaces
import SessionOnionPath
import Synchronization

/// A network in memory whose nodes really remove their layers, and fail as they are told.
final class FakeNetwork: Transport {
    enum Fault: Hashable {
        /// Nobody can connect.
        case refusesConnections
        /// The node before it on a path has not heard of it.
        case unknownToOthers
        case notReady
        /// Takes requests and never answers.
        case silent
        /// Answers with noise.
        case garbled
        /// Answers as a guard with this plain text.
        case says(Int, String)
        /// Never stops answering.
        case endless
        /// As a destination, seals this text, whatever it is.
        case seals(String)
        /// Tells of a node that is not on the path.
        case accuses(Ed25519PublicKey)
    }

    private struct State {
        var faults: [Ed25519PublicKey: Fault] = [:]
        var guards: [ServiceNode] = []
        var delivered: [[UInt8]] = []
        var bodies: [[UInt8]] = []
    }

    private typealias Answer = (status: Int, body: [UInt8])

    let nodes: [FakeNode]
    let server: X25519KeyPair
    private let random = SeededRandom(seed: 99)
    private let state = Mutex(State())
    /// What a destination answers to a storage RPC document.
    private let answer: @Sendable ([UInt8]) -> NodeReply

    init(
        _ nodes: [FakeNode],
        answer: @escaping @Sendable ([UInt8]) -> NodeReply = { NodeReply(status: 200, body: Array("echo:".utf8) + $0) }
    ) {
        self.nodes = nodes
        self.answer = answer
        server = .generate(from: random)
    }

    func set(_ fault: Fault?, for node: ServiceNode) {
        state.withLock { $0.faults[node.ed25519Key] = fault }
    }

    /// The guards that were asked, in order.
    var guards: [ServiceNode] { state.withLock { $0.guards } }
    /// What destinations received.
    var delivered: [[UInt8]] { state.withLock { $0.delivered } }
    /// Bodies that guards received.
    var bodies: [[UInt8]] { state.withLock { $0.bodies } }

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        try Task.checkCancellation()
        guard let first = nodes.first(where: { request.head.authority == "\($0.node.address):\($0.node.httpsPort)" })
        else { throw TransportError(.unreachable, "no such node") }
        state.withLock {
            $0.guards.append(first.node)
            $0.bodies.append(request.body)
        }
        if fault(of: first) == .refusesConnections { throw TransportError(.unreachable, "connection refused") }
        let entry = try OnionEntry(decoding: request.body)
        let answer = try peel(entry.ciphertext, entry.seal, at: first)
        return TransportResponse(HTTPResponse(status: .init(code: answer.status)), body: answer.body)
    }

    func shutdown() async {}

    private func fault(of node: FakeNode) -> Fault? {
        state.withLock { $0.faults[node.node.ed25519Key] }
    }

    private func peel(_ ciphertext: [UInt8], _ seal: HopSeal, at node: FakeNode) throws -> Answer {
        switch fault(of: node) {
        case .silent: throw TransportError(.timedOut, "no answer")
        case .garbled: return (200, Array("bm9pc2Ugbm9pc2Ugbm9pc2Ugbm9pc2Ugbm9pc2Ugbm9pc2Ugbm9pc2U=".utf8))
        case .says(let status, let text): return (status, Array(text.utf8))
        case .accuses(let key): return (502, Array("Next node not found: \(key.hex)".utf8))
        case .endless: throw TransportError(.responseTooLarge, "no end")
        case .refusesConnections, .unknownToOthers, .notReady, .seals, nil: break
        }
        switch try OnionLayer(decrypted: seal.open(ciphertext, with: node.keys)) {
        case .final(let payload, let json, let base64):
            state.withLock { $0.delivered.append(payload) }
            var reply = answer(payload).encoded(asJSON: json)
            if case .seals(let text) = fault(of: node) { reply = Array(text.utf8) }
            let sealed = try seal.sealReply(reply, with: node.keys, random: random)
            return (200, base64 ? Array(Base64.encode(sealed).utf8) : sealed)
        case .server(let delivery):
            guard delivery.isAllowed else { return (400, Array("Invalid url".utf8)) }
            return (200, try serve(delivery))
        case .relay(let key, let seal, let ciphertext):
            guard let next = nodes.first(where: { $0.node.ed25519Key == key }), fault(of: next) != .unknownToOthers
            else { return (502, Array("Next node not found: \(key.hex)".utf8)) }
            if fault(of: next) == .notReady { return (503, Array("Snode not ready: \(key.hex)".utf8)) }
            if fault(of: next) == .refusesConnections {
                return (502, Array("Next node is currently unreachable: \(key.hex)".utf8))
            }
            return try peel(ciphertext, seal, at: next)
        }
    }

    private func serve(_ delivery: ServerDelivery) throws -> [UInt8] {
        let entry = try OnionEntry(decoding: delivery.body)
        if delivery.target == OnionRequest.serverTarget(for: .v3) {
            let request = try ServerRequestV3(decoding: entry.seal.open(entry.ciphertext, with: server))
            let text =
                #"{"status_code":201,"result":"\#(request.method.rawValue) \#(request.endpoint) \#(request.body)"}"#
            return Array(
                Base64.encode(try entry.seal.sealReply(Array(text.utf8), with: server, random: random)).utf8)
        }
        let request = try ServerRequestV4(decoding: entry.seal.open(entry.ciphertext, with: server))
        let response = ServerResponseV4(
            code: 201, headers: [.contentType: "text/plain"],
            body: Array("\(request.method.rawValue) \(request.endpoint) ".utf8) + (request.body ?? []))
        return try entry.seal.sealReply(response.encoded(), with: server, random: random)
    }
}
