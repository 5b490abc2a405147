import HTTPTypes
import SessionInterfaces
import SessionOnionPath

/// A node's part in an onion request: peel one layer, then pass on or answer. Follows protocol document 02, section 2.3.
struct OnionService: Sendable {
    /// Nothing that a node or a server answers is larger.
    private static let responseLimit = 64 << 20

    let node: StorageNode

    private var network: NodeContext { node.network }

    /// A request from a client.
    func enter(_ call: HTTPCall) async -> HTTPAnswer {
        do {
            let entry = try EntryReader.entry(call.body)
            return await peel(entry, from: .client(call.clientAddress), size: call.body.count)
        } catch {
            return .text(400, "Error parsing onion request: \(error.message)")
        }
    }

    /// A request from another node.
    func relayed(_ call: HTTPCall) async -> HTTPAnswer {
        guard node.unreadiness == nil else { return .text(503, "Snode not ready: \(node.key.hex)") }
        do {
            guard let request = try RelayedRequest(decoding: call.body, at: node.key, chain: network.chain) else {
                return .text(403, "Forbidden")
            }
            return await peel(request.entry, from: .node(request.sender), size: call.body.count)
        } catch {
            return .text(400, "Invalid internal onion request: \(error.message)")
        }
    }

    private func peel(_ entry: OnionEntry, from previous: Sighting.PreviousHop, size: Int) async -> HTTPAnswer {
        guard entry.hopNumber <= OnionEntry.maximumHopNumber else {
            return .text(400, "onion request max path length exceeded")
        }
        guard let plaintext = try? entry.seal.open(entry.ciphertext, with: node.identity.keys.x25519) else {
            return .text(400, "Invalid ciphertext")
        }
        guard let layer = try? OnionLayer(decrypted: plaintext) else {
            return sealed(.text(400, "Invalid json"), for: entry.seal)
        }
        node.record(layer.nextHop, from: previous, size: size)
        switch layer {
        case .final(let payload, let json, let base64):
            return sealed(await node.answer(payload), for: entry.seal, json: json, base64: base64)
        case .server(let delivery):
            guard delivery.isAllowed else { return sealed(.text(400, "Invalid url"), for: entry.seal) }
            return await deliver(delivery)
        case .relay(let destination, let seal, let ciphertext):
            let next = OnionEntry(seal: seal, hopNumber: entry.hopNumber + 1, ciphertext: ciphertext)
            return await relay(next, to: destination)
        }
    }

    /// An answer that only the client can read. A text stands as JSON text whether or not JSON is asked for.
    private func sealed(
        _ answer: RPCAnswer, for seal: HopSeal, json: Bool = false, base64: Bool = true
    ) -> HTTPAnswer {
        let plaintext =
            switch answer.body {
            case .json(let value): NodeReply(status: answer.status, body: value.encoded()).encoded(asJSON: json)
            case .text(let text): NodeReply(status: answer.status, body: Array(text.utf8)).encoded(asJSON: false)
            case .binary(let bytes):
                NodeReply(status: answer.status, body: Array(Base64.encode(bytes).utf8)).encoded(asJSON: false)
            }
        guard let ciphertext = try? seal.sealReply(plaintext, with: node.identity.keys.x25519, random: network.random)
        else { return .text(400, "Invalid ciphertext") }
        return HTTPAnswer(
            status: 200, contentType: "text/plain",
            body: base64 ? Array(Base64.encode(ciphertext).utf8) : ciphertext)
    }
}

extension OnionService {
    private func relay(_ entry: OnionEntry, to destination: Ed25519PublicKey) async -> HTTPAnswer {
        guard let next = network.chain.listing(of: destination)?.endpoint, !node.isUnknown(destination) else {
            return .text(502, "Next node not found: \(destination.hex)")
        }
        let head = HTTPRequest(
            method: .post, scheme: "https", authority: "\(next.address):\(next.port)", path: RelayedRequest.path)
        let request = TransportRequest(
            head, body: RelayedRequest.body(entry, from: node.identity.keys, to: destination), trust: .none,
            timeLimit: network.settings.relayTimeout, maximumResponseSize: Self.responseLimit)
        let deadline = ContinuousClock.now + network.settings.relayTimeout
        do {
            return Self.passedOn(try await network.transport.send(request))
        } catch let error as TransportError {
            switch error.code {
            case .unreachable where network.generation.namesUnreachableHops:
                return .text(502, "Next node is currently unreachable: \(destination.hex)")
            case .responseTooLarge, .malformedResponse: return .text(500, "Invalid response from snode")
            default: return await Self.timeout(deadline)
            }
        } catch {
            return await Self.timeout(deadline)
        }
    }

    /// Real nodes have no connection that could break: whatever happened, they wait.
    private static func timeout(_ deadline: ContinuousClock.Instant) async -> HTTPAnswer {
        try? await Task.sleep(until: deadline)
        return .text(504, "Request time out")
    }

    /// Posts the whole decrypted layer to the server, which finds its own envelope in it.
    private func deliver(_ delivery: ServerDelivery) async -> HTTPAnswer {
        let head = HTTPRequest(
            method: .post, scheme: delivery.scheme, authority: delivery.authority, path: delivery.target,
            headerFields: [
                .contentType: "application/octet-stream",
                .userAgent: StorageService.serverName(network.chain.version),
            ])
        // A server has to be who its name says where the scheme can prove it.
        let trust: TrustPolicy = delivery.scheme == RoutedServer.Scheme.https.rawValue ? .publicAuthorities : .none
        let request = TransportRequest(
            head, body: delivery.body, trust: trust, timeLimit: network.settings.serverTimeout,
            maximumResponseSize: Self.responseLimit)
        do {
            return Self.passedOn(try await network.transport.send(request))
        } catch let error as TransportError {
            return .text(error.code == .timedOut ? 504 : 502, Self.complaint(error, delivery))
        } catch {
            return .text(504, "Request time out")
        }
    }

    /// What the HTTP library of real nodes says about a server.
    private static func complaint(_ error: TransportError, _ delivery: ServerDelivery) -> String {
        guard error.code == .unreachable else { return error.message }
        return error.message.contains("resolve")
            ? "Could not resolve host: \(delivery.host)"
            : "Failed to connect to \(delivery.host) port \(delivery.port) after 0 ms: Couldn't connect to server"
    }

    /// Status and body travel back unchanged; the type is always the same, as nodes pass none on.
    private static func passedOn(_ response: TransportResponse) -> HTTPAnswer {
        guard (200..<600).contains(response.head.status.code) else {
            return .text(500, "Invalid response from snode")
        }
        return HTTPAnswer(status: response.head.status.code, contentType: "text/plain", body: response.body)
    }
}

extension OnionLayer {
    fileprivate var nextHop: Sighting.NextHop {
        switch self {
        case .final: .itself
        case .server(let delivery): .server(delivery.authority)
        case .relay(let destination, _, _): .node(destination)
        }
    }
}
