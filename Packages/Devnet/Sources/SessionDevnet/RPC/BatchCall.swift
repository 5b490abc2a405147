import SessionSwarm

/// Several plain calls in one. A part that cannot be read fails the whole. Follows protocol document 02, section 4.18.
struct BatchCall: ComposedCall {
    private let calls: [any StorageCall]

    init(_ parameters: Parameters, generation: ServerGeneration) throws(RPCAnswer) {
        calls = try Subrequests.read(parameters, generation)
    }

    /// Begins all parts in their order, and then waits for what other members of the swarm say to them.
    func answer(at node: StorageNode) async -> RPCAnswer {
        var begun: [BegunAnswer] = []
        for call in calls { begun.append(await node.begin(call)) }
        var results: [JSONValue] = []
        for answer in begun { results.append(await answer.value.subresult) }
        return .json(["results": .array(results)])
    }
}

/// Several plain calls one after the other, up to the first that fails.
struct SequenceCall: ComposedCall {
    private let calls: [any StorageCall]

    init(_ parameters: Parameters, generation: ServerGeneration) throws(RPCAnswer) {
        calls = try Subrequests.read(parameters, generation)
    }

    func answer(at node: StorageNode) async -> RPCAnswer {
        var results: [JSONValue] = []
        for call in calls {
            let answer = await node.answer(call)
            results.append(answer.subresult)
            guard answer.isSuccess else { break }
        }
        return .json(["results": .array(results)])
    }
}

private enum Subrequests {
    static let limit = 20

    static func read(
        _ parameters: Parameters, _ generation: ServerGeneration
    ) throws(RPCAnswer) -> [any StorageCall] {
        guard let requests = parameters.list("requests"), !requests.isEmpty else {
            throw .invalid("Invalid batch request: no valid \"requests\" field")
        }
        guard requests.count <= limit else { throw .invalid("Invalid batch request: subrequest limit exceeded") }
        var calls: [any StorageCall] = []
        for request in requests { calls.append(try call(request, generation)) }
        return calls
    }

    private static func call(
        _ request: Parameters?, _ generation: ServerGeneration
    ) throws(RPCAnswer) -> any StorageCall {
        guard let method = request?["method"]?.text else {
            throw .invalid("Invalid batch subrequest: no valid \"method\" field")
        }
        guard let parameters = request?.nested("params") else {
            throw .invalid("Invalid batch subrequest: no valid \"params\" field")
        }
        guard !StorageMethods.isComposed(method) else {
            throw .invalid("Invalid batch subrequest: subrequests may not contain meta-requests")
        }
        guard let type = StorageMethods.plain(method, of: generation) else {
            throw .invalid("Invalid batch subrequest: invalid method \"\(method)\"")
        }
        return try type.init(parameters)
    }
}
