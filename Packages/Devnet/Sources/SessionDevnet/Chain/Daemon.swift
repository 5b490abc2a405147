import SessionInterfaces
import SessionSwarm

/// The chain daemon: lists service nodes and resolves names, for the seed and for every node alike.
/// Follows protocol document 05, sections 2.2 and 2.3.
struct Daemon: Sendable {
    let chain: Chain
    let names: NameLedger
    let random: any RandomSource

    /// - Throws: `DaemonRefusal`, or `StoreError`.
    func answer(_ method: String, _ parameters: [String: JSONValue]) async throws -> JSONValue {
        switch method {
        case "get_service_nodes", "get_n_service_nodes", "get_all_service_nodes":
            return ServiceNodeList(parameters).answer(for: chain, random: random)
        case "ons_resolve", "lns_resolve":
            return try await NameLookUp(parameters).answer(from: names)
        default:
            throw DaemonRefusal(code: -32601, message: "Method not found")
        }
    }
}

/// An error of the daemon's JSON-RPC.
struct DaemonRefusal: Error {
    let code: Int64
    let message: String
    var data: String?

    static func missing(_ field: String) -> DaemonRefusal {
        DaemonRefusal(code: -32602, message: "Invalid params", data: "Required field '\(field)' missing or wrong")
    }
}
