import SessionInterfaces
import SessionSwarm

/// A storage RPC call whose parameters have been read.
protocol StorageCall: Sendable {
    /// - Throws: `RPCAnswer`, a 400.
    init(_ parameters: Parameters) throws(RPCAnswer)

    /// What `node` answers.
    /// - Throws: `RPCAnswer` when it refuses; anything else counts as a fault of the node.
    func answer(at node: StorageNode) async throws -> RPCAnswer

    /// Does what `node` itself has to do; what it hears from others may come later.
    /// - Throws: as `answer(at:)` does.
    func begin(at node: StorageNode) async throws -> BegunAnswer
}

extension StorageCall {
    func begin(at node: StorageNode) async throws -> BegunAnswer { .ready(try await answer(at: node)) }
}

/// The answer to a call of which a node has done its own share.
enum BegunAnswer: Sendable {
    case ready(RPCAnswer)
    /// What is left to wait for, and what to make of it.
    case later(Task<[MemberPart], Never>, @Sendable ([MemberPart]) -> RPCAnswer)

    /// Who is cancelled waits no longer.
    var value: RPCAnswer {
        get async {
            switch self {
            case .ready(let answer): answer
            case .later(let others, let answer):
                await withTaskCancellationHandler {
                    answer(await others.value)
                } onCancel: {
                    others.cancel()
                }
            }
        }
    }
}

/// The methods that a node knows.
enum StorageMethods {
    /// Methods that may stand alone as well as inside a batch.
    private static let plain: [String: any StorageCall.Type] = [
        "store": StoreCall.self,
        "retrieve": RetrieveCall.self,
        "delete": DeleteCall.self,
        "delete_all": DeleteAllCall.self,
        "delete_before": DeleteBeforeCall.self,
        "expire": ExpireCall.self,
        "expire_all": ExpireAllCall.self,
        "get_expiries": ExpiriesCall.self,
        "revoke_subaccount": RevokeCall.self,
        "unrevoke_subaccount": UnrevokeCall.self,
        "get_swarm": SwarmLookUpCall.self,
        "get_snodes_for_pubkey": SwarmLookUpCall.self,
        "info": InfoCall.self,
        "oxend_request": DaemonCall.self,
    ]

    /// Plain methods that 2.8.0 did not have.
    private static let recent: [String: any StorageCall.Type] = [
        "revoked_subaccounts": RevokedSubaccountsCall.self,
        "active_nodes_bin": NodeListCall.self,
    ]

    /// Methods made of others.
    private static let composed: [String: any ComposedCall.Type] = [
        "batch": BatchCall.self,
        "sequence": SequenceCall.self,
        "ifelse": ConditionalCall.self,
    ]

    static func plain(_ method: String, of generation: ServerGeneration) -> (any StorageCall.Type)? {
        plain[method] ?? (generation.hasRecentMethods ? recent[method] : nil)
    }

    static func isComposed(_ method: String) -> Bool { composed[method] != nil }

    static func call(
        _ method: String, _ parameters: Parameters, of generation: ServerGeneration
    ) throws(RPCAnswer) -> any StorageCall {
        if let type = plain(method, of: generation) { return try type.init(parameters) }
        if let type = composed[method] { return try type.init(parameters, generation: generation) }
        throw .text(400, "no method \(method)")
    }

    /// Reads the document `{"method": …, "params": …}`.
    static func call(
        decoding document: [UInt8], of generation: ServerGeneration
    ) throws(RPCAnswer) -> any StorageCall {
        guard let value = JSONValue(decoding: document) else { throw .text(400, "invalid json") }
        guard let method = value.object?["method"]?.string else {
            throw .text(400, "invalid json: no `method` field")
        }
        guard let parameters = value.object?["params"]?.object else {
            throw .text(400, "invalid json: no `params` field")
        }
        return try call(method, Parameters(parameters), of: generation)
    }
}

/// A call made of others, which depend on the server's generation.
protocol ComposedCall: StorageCall {
    /// - Throws: `RPCAnswer`, a 400.
    init(_ parameters: Parameters, generation: ServerGeneration) throws(RPCAnswer)
}

extension ComposedCall {
    init(_ parameters: Parameters) throws(RPCAnswer) { try self.init(parameters, generation: .current) }
}
