import HTTPTypes
import SessionInterfaces
import SessionSwarm

/// The network as who steers it sees it: the devnet that runs it.
protocol ControlledNetwork: Sendable {
    func status() async throws -> DevnetStatus
    func setFault(_ fault: NodeFault, for key: Ed25519PublicKey) async throws
    func clearFault(_ kind: NodeFault.Kind, of key: Ed25519PublicKey) async throws
    func clearFaults(of key: Ed25519PublicKey?) async throws
    func moveNode(_ key: Ed25519PublicKey, to swarm: SwarmID) async throws
    func reshuffle() async throws
    func removeExpiredMessages() async throws
}

/// Steers a running network over HTTP, beside the seed: `GET /control/status`, and `POST /control` with
/// `{"method":…,"params":{…}}`. Only from the loopback interface, and only with the token of `devnet.json`.
///
/// Methods: `status`; `fault` (`node`, `kind`, `interval_ms`?); `clear` (`node`?, `kind`?); `move` (`node`, `swarm`);
/// `reshuffle`; `clean_up`. A node is a key or the unambiguous beginning of one. The answer is `{"result":…}` or
/// `{"error":{"code":…,"message":…}}`.
struct ControlService: Sendable {
    static let path = "/control"
    static let statusPath = "/control/status"

    let token: String
    let network: @Sendable () -> (any ControlledNetwork)?

    /// Nil when the call is for somebody else.
    func answer(_ call: HTTPCall) async -> HTTPAnswer? {
        guard call.path == Self.path || call.path == Self.statusPath else { return nil }
        guard call.clientAddress.hasPrefix("127."), isAuthorized(call.headers[.authorization]) else {
            return .json(Self.failure("forbidden", "the token is missing or wrong"), status: 403)
        }
        let (method, parameters): (String?, [String: JSONValue])
        switch (call.method, call.path) {
        case (.get, Self.statusPath): (method, parameters) = ("status", [:])
        case (.post, Self.path):
            let request = JSONValue(decoding: call.body)?.object
            (method, parameters) = (request?["method"]?.string, request?["params"]?.object ?? [:])
        default: return .text(404, "Not Found")
        }
        return await answer(method, parameters)
    }

    private func answer(_ method: String?, _ parameters: [String: JSONValue]) async -> HTTPAnswer {
        guard let network = network() else {
            return .json(Self.failure(DevnetError.Code.notRunning.rawValue, "the devnet is not running"), status: 503)
        }
        do {
            let result = try await run(method, ControlParameters(parameters, network.status()), network)
            return .json(["result": result])
        } catch let error as DevnetError {
            return .json(Self.failure(error.code.rawValue, error.message), status: 400)
        } catch {
            return .json(Self.failure(DevnetError.Code.failed.rawValue, "\(error)"), status: 500)
        }
    }

    private func run(
        _ method: String?, _ parameters: ControlParameters, _ network: any ControlledNetwork
    ) async throws -> JSONValue {
        switch method {
        case "status": break
        case "fault": try await network.setFault(try parameters.fault, for: try parameters.node)
        case "clear":
            if let kind = try parameters.kind {
                try await network.clearFault(kind, of: try parameters.node)
            } else {
                try await network.clearFaults(of: parameters.hasNode ? try parameters.node : nil)
            }
        case "move": try await network.moveNode(try parameters.node, to: try parameters.swarm)
        case "reshuffle": try await network.reshuffle()
        case "clean_up": try await network.removeExpiredMessages()
        default: throw DevnetError(.invalidSetting, "there is no control method \(method ?? "without a name")")
        }
        return try await network.status().json
    }

    /// Compares in a time that does not depend on where the texts differ.
    private func isAuthorized(_ header: String?) -> Bool {
        let (given, expected) = (Array((header ?? "").utf8), Array("Bearer \(token)".utf8))
        guard given.count == expected.count else { return false }
        return zip(given, expected).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func failure(_ code: String, _ message: String) -> JSONValue {
        ["error": ["code": .string(code), "message": .string(message)]]
    }
}

/// The parameters of a control method.
private struct ControlParameters {
    private let members: [String: JSONValue]
    private let status: DevnetStatus

    init(_ members: [String: JSONValue], _ status: DevnetStatus) {
        self.members = members
        self.status = status
    }

    var hasNode: Bool { members["node"] != nil }

    var node: Ed25519PublicKey {
        get throws {
            guard let text = members["node"]?.string?.lowercased(), !text.isEmpty else {
                throw DevnetError(.invalidSetting, "node is missing")
            }
            let matches = status.nodes.filter { $0.key.hex.hasPrefix(text) }
            guard matches.count == 1 else {
                throw DevnetError(.unknownNode, "\(matches.count) nodes have keys that begin with \(text)")
            }
            return matches[0].key
        }
    }

    var kind: NodeFault.Kind? {
        get throws {
            guard let value = members["kind"], value != .null else { return nil }
            guard let kind = value.string.flatMap({ NodeFault.Kind(rawValue: $0) }) else {
                let kinds = NodeFault.Kind.allCases.map(\.rawValue).joined(separator: ", ")
                throw DevnetError(.invalidSetting, "kind is none of \(kinds)")
            }
            return kind
        }
    }

    var fault: NodeFault {
        get throws {
            guard let kind = try kind else { throw DevnetError(.invalidSetting, "kind is missing") }
            return NodeFault(kind, interval: members["interval_ms"]?.integer.map { .milliseconds($0) })
        }
    }

    var swarm: SwarmID {
        get throws {
            guard let number = members["swarm"]?.string.flatMap({ UInt64($0, radix: 16) }) else {
                throw DevnetError(.invalidSetting, "swarm is no hexadecimal number")
            }
            return SwarmID(rawValue: number)
        }
    }
}
