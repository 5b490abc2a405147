import SessionInterfaces
import SessionSwarm

/// The seed: JSON-RPC over HTTP, where clients begin. Follows protocol document 05, section 2.2.
struct SeedService: Sendable {
    /// Bytes of the largest question.
    static let bodyLimit = 1 << 20

    let daemon: Daemon
    let control: ControlService

    func answer(_ call: HTTPCall) async -> HTTPAnswer {
        if let answer = await control.answer(call) { return answer }
        guard call.method == .post, call.path == "/json_rpc" else { return .text(404, "Not Found") }
        guard let request = JSONValue(decoding: call.body) else {
            return .json(Self.failure(.null, DaemonRefusal(code: -32700, message: "Parse error")))
        }
        let id = request.object?["id"] ?? .null
        guard let method = request.object?["method"]?.string else {
            return .json(Self.failure(id, DaemonRefusal(code: -32600, message: "Invalid Request")))
        }
        do {
            let result = try await daemon.answer(method, request.object?["params"]?.object ?? [:])
            return .json(["jsonrpc": "2.0", "id": id, "result": result])
        } catch let refusal as DaemonRefusal {
            return .json(Self.failure(id, refusal))
        } catch {
            return .json(Self.failure(id, DaemonRefusal(code: -32603, message: "Internal error")))
        }
    }

    private static func failure(_ id: JSONValue, _ refusal: DaemonRefusal) -> JSONValue {
        var error: [String: JSONValue] = ["code": .integer(refusal.code), "message": .string(refusal.message)]
        if let data = refusal.data { error["data"] = .string(data) }
        return ["jsonrpc": "2.0", "id": id, "error": .object(error)]
    }
}
