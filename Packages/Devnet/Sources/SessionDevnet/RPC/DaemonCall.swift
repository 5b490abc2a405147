import SessionSwarm

/// A question to the chain daemon behind the node. Follows protocol document 02, section 4.17.
struct DaemonCall: StorageCall {
    private static let endpoints: Set = ["get_service_nodes", "ons_resolve"]

    private let endpoint: String
    private let parameters: [String: JSONValue]

    init(_ parameters: Parameters) throws(RPCAnswer) {
        guard let endpoint = try parameters.string("endpoint") else { throw .missing("endpoint") }
        guard Self.endpoints.contains(endpoint) else { throw .invalid("Invalid oxend endpoint '\(endpoint)'") }
        self.endpoint = endpoint
        self.parameters = parameters["params"]?.jsonMembers ?? [:]
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

extension Parameters.Value {
    /// The members of an object, for those who read JSON only.
    fileprivate var jsonMembers: [String: JSONValue]? {
        switch self {
        case .json(let value): value.object
        case .members(let members): members.mapValues(\.json)
        default: nil
        }
    }

    private var json: JSONValue {
        switch self {
        case .json(let value): value
        case .bytes(let bytes): .string(String(decoding: bytes, as: UTF8.self))
        case .list(let elements): .array(elements.map(\.json))
        case .members(let members): .object(members.mapValues(\.json))
        }
    }
}
