import SessionCrypto
import SessionInterfaces
import Synchronization

extension ServiceNode {
    /// Nodes of which `perSubnet` share a /24 network.
    static func several(_ count: Int, perSubnet: Int = 1) -> [ServiceNode] {
        let random = SeededRandom(seed: 5)
        return (0..<count).map { number in
            let keys = Ed25519KeyPair.generate(from: random)
            return ServiceNode(
                ed25519Key: keys.publicKey, x25519Key: keys.x25519.publicKey,
                address: IPv4Address(value: UInt32((10 << 24) | (number / perSubnet) << 8 | number)), httpsPort: 22021,
                omqPort: 22020, version: .init(2, 11, 0), swarmID: SwarmID(rawValue: 1))
        }
    }
}

/// Nodes that answer questions for names as scripted, in the order in which they are asked.
final class FakeNodes: Router {
    enum Answer: Sendable {
        case body(String, status: Int = 200)
        case silence
        /// Never, unless cancelled.
        case hang
    }

    private struct State {
        var script: [Answer]
        var asked: [ServiceNode] = []
        var documents: [[UInt8]] = []
    }

    private let state: Mutex<State>

    /// - Parameter script: the last entry holds for all later questions.
    init(_ script: [Answer]) { state = Mutex(State(script: script)) }

    var asked: [ServiceNode] { state.withLock { $0.asked } }
    var documents: [[UInt8]] { state.withLock { $0.documents } }

    func send(_ request: RoutedRequest, to destination: Destination) async throws -> RoutedResponse {
        guard case .serviceNode(let node) = destination, request.path == RoutedRequest.storageRPCPath else {
            throw RouterError(.unsupportedDestination, "no service node")
        }
        let answer = state.withLock { state in
            state.asked.append(node)
            state.documents.append(request.body)
            return state.script[min(state.asked.count, state.script.count) - 1]
        }
        switch answer {
        case .body(let text, let status): return RoutedResponse(status: status, body: Array(text.utf8))
        case .silence: throw RouterError(.timedOut, "no answer")
        case .hang:
            try await Task.sleep(for: .seconds(600))
            throw RouterError(.timedOut, "no answer")
        }
    }
}

extension FakeNodes.Answer {
    static let notRegistered = FakeNodes.Answer.body(#"{"result":{},"t":1760000000000,"hf":[21,3]}"#)

    static func found(_ encryptedValue: String, _ nonce: String?) -> FakeNodes.Answer {
        let nonce = nonce.map { #","nonce":"\#($0)""# } ?? ""
        return .body(#"{"result":{"encrypted_value":"\#(encryptedValue)"\#(nonce)},"t":1760000000000,"hf":[21,3]}"#)
    }
}
