import SessionSwarm

/// A question to the chain daemon behind the node. Follows protocol document 02, section 4.17.
struct DaemonCall: StorageCall {
    private static let endpoints: Set = ["get_service_nodes", "ons_resolve"]

    private let endpoint: String
    private let parameters: [String: JSONValue]

    init(_ parameters: Parameters) throws(RPCAnswer) {
        guard let endpoint = try parameters.string("endpoint") else {
            throw .invalid("Required field 'endpoint' missing")
        }
        guard Self.endpoints.contains(endpoint) else { throw .invalid("Invalid oxend endpoint '\(endpoint)'") }
        self.endpoint = endpoint
        self.parameters = parameters["params"]?.object ?? [:]
    }

    func answer(at node: StorageNode) async throws -> RPCAnswer {
        do {
            let result = try await node.network.daemon.answer(endpoint, parameters)
            return .json(node.stamped(["result": result]))
        } catch let refusal as DaemonRefusal {
            return .text(400, refusal.message)
        }
    }
}
