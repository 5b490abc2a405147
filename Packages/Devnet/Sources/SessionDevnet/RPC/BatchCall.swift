import SessionSwarm

/// Several plain calls in one. A part that cannot be read fails the whole. Follows protocol document 02, section 4.18.
struct BatchCall: StorageCall {
    private let calls: [any StorageCall]

    init(_ parameters: Parameters) throws(RPCAnswer) {
        calls = try Subrequests.read(parameters)
    }

    /// Runs all parts at once.
    func answer(at node: StorageNode) async -> RPCAnswer {
        await withTaskGroup(of: (Int, RPCAnswer).self) { group in
            for (position, call) in calls.enumerated() {
                group.addTask { (position, await node.answer(call)) }
            }
            var results = [JSONValue](repeating: .null, count: calls.count)
            for await (position, answer) in group { results[position] = answer.subresult }
            return .json(["results": .array(results)])
        }
    }
}

/// Several plain calls one after the other, up to the first that fails.
struct SequenceCall: StorageCall {
    private let calls: [any StorageCall]

    init(_ parameters: Parameters) throws(RPCAnswer) {
        calls = try Subrequests.read(parameters)
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

    static func read(_ parameters: Parameters) throws(RPCAnswer) -> [any StorageCall] {
        guard let requests = parameters["requests"]?.array, !requests.isEmpty else {
            throw .invalid("Invalid batch request: no valid \"requests\" field")
        }
        guard requests.count <= limit else { throw .invalid("Invalid batch request: subrequest limit exceeded") }
        var calls: [any StorageCall] = []
        for request in requests { calls.append(try call(request)) }
        return calls
    }

    private static func call(_ request: JSONValue) throws(RPCAnswer) -> any StorageCall {
        guard let method = request.object?["method"]?.string else {
            throw .invalid("Invalid batch subrequest: no valid \"method\" field")
        }
        guard let parameters = request.object?["params"]?.object else {
            throw .invalid("Invalid batch subrequest: no valid \"params\" field")
        }
        guard StorageMethods.composed[method] == nil else {
            throw .invalid("Invalid batch subrequest: subrequests may not contain meta-requests")
        }
        guard let type = StorageMethods.plain[method] else {
            throw .invalid("Invalid batch subrequest: invalid method \"\(method)\"")
        }
        return try type.init(Parameters(parameters))
    }
}
