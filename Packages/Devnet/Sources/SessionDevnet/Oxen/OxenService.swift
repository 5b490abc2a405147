import FoundationEssentials
import SessionInterfaces
import SessionSwarm

/// JSON-RPC of the chain's daemon or of its wallet: what is POSTed to `/json_rpc`, and what is answered with status 200.
/// Follows protocol document 05, sections 2.2 and 3.1.
struct OxenService: Sendable {
    enum Program: Sendable {
        case daemon
        case wallet
    }

    /// Bytes of the largest question.
    static let bodyLimit = 1 << 20

    let program: Program
    let chain: OxenChain

    func answer(_ body: [UInt8]) async -> [UInt8] {
        guard body.count <= Self.bodyLimit,
            let request = try? JSONDecoder().decode(JSONValue.self, from: Data(body))
        else { return Self.failure(.null, OxenRefusal(code: -32700, message: "Parse error")) }
        let id = request["id"] ?? .null
        guard let method = request["method"]?.string else {
            return Self.failure(id, OxenRefusal(code: -32600, message: "Invalid Request"))
        }
        do {
            let parameters = request["params"] ?? [:]
            let result =
                switch program {
                case .daemon: try await chain.daemonAnswer(method, parameters)
                case .wallet: try await chain.walletAnswer(method, parameters)
                }
            return Self.encoded(["jsonrpc": "2.0", "id": id, "result": result])
        } catch let refusal as OxenRefusal {
            return Self.failure(id, refusal)
        } catch {
            return Self.failure(id, OxenRefusal(code: -32603, message: "Internal error"))
        }
    }

    private static func failure(_ id: JSONValue, _ refusal: OxenRefusal) -> [UInt8] {
        var error: [String: JSONValue] = ["code": .integer(refusal.code), "message": .string(refusal.message)]
        error["data"] = refusal.data.map { .string($0) }
        return encoded(["jsonrpc": "2.0", "id": id, "error": .object(error)])
    }

    private static func encoded(_ answer: JSONValue) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Encoding fails for infinities only, and no value here is made from one.
        return (try? encoder.encode(answer)).map { [UInt8]($0) } ?? []
    }
}
