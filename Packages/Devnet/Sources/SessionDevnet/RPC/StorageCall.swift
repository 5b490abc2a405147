import SessionInterfaces
import SessionSwarm

/// A storage RPC call whose parameters have been read.
protocol StorageCall: Sendable {
    /// - Throws: `RPCAnswer`, a 400.
    init(_ parameters: Parameters) throws(RPCAnswer)

    /// What `node` answers.
    /// - Throws: `RPCAnswer` when it refuses; anything else counts as a fault of the node.
    func answer(at node: StorageNode) async throws -> RPCAnswer
}

/// The methods that a node knows.
enum StorageMethods {
    /// Methods that may stand alone as well as inside a batch.
    static let plain: [String: any StorageCall.Type] = [
        "store": StoreCall.self,
        "retrieve": RetrieveCall.self,
        "get_swarm": SwarmLookUpCall.self,
        "get_snodes_for_pubkey": SwarmLookUpCall.self,
        "info": InfoCall.self,
        "oxend_request": DaemonCall.self,
    ]

    /// Methods made of others.
    static let composed: [String: any StorageCall.Type] = [
        "batch": BatchCall.self,
        "sequence": SequenceCall.self,
    ]

    /// Reads the document `{"method": …, "params": …}`.
    static func call(decoding document: [UInt8]) throws(RPCAnswer) -> any StorageCall {
        guard let value = JSONValue(decoding: document) else { throw .text(400, "invalid json") }
        guard let method = value.object?["method"]?.string else {
            throw .text(400, "invalid json: no `method` field")
        }
        guard let parameters = value.object?["params"]?.object else {
            throw .text(400, "invalid json: no `params` field")
        }
        guard let type = plain[method] ?? composed[method] else { throw .text(400, "no method \(method)") }
        return try type.init(Parameters(parameters))
    }
}
