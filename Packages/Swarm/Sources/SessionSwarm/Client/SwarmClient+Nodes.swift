public import SessionInterfaces

/// What a node says about itself. Follows protocol document 02, section 4.16.
public struct NodeInfo: Hashable, Sendable {
    public let version: ServiceNode.Version
    public let time: Timestamp
    /// The chain's hard fork and the revision within it; nil when the node does not say.
    public let hardFork: HardFork?

    public struct HardFork: Hashable, Sendable {
        public let number: Int
        public let revision: Int
    }
}

/// Questions to one node. What it says is its word alone.
extension SwarmClient {
    /// - Throws: `SwarmError`, `RouterError`, or `CancellationError`.
    public func info(of node: ServiceNode) async throws -> NodeInfo {
        try await timedInfo(of: node).info
    }

    /// Who serves `account`, as `node` sees it. Only its word: see `NodePool.swarm(of:)` for what the list says.
    /// Follows protocol document 02, section 3.2.
    /// - Throws: `SwarmError`, `RouterError`, or `CancellationError`.
    public func swarm(of account: AccountID, accordingTo node: ServiceNode) async throws -> SwarmDescription {
        try SwarmDescription(try await ask(.getSwarm(of: account), of: node))
    }

    /// The active nodes, as `node` lists them in its short form. Follows protocol document 02, section 1.4.
    /// - Throws: `SwarmError(.refused)` when the node does not know the method, any other `SwarmError`, `RouterError`,
    ///   or `CancellationError`.
    public func activeNodes(accordingTo node: ServiceNode) async throws -> [ServiceNode] {
        let response = try await send(try StorageRequest.activeNodes.document(), to: node)
        return try ActiveNodes.decode(answer: try directBody(of: response))
    }

    /// Has `node` pass a question on to its chain daemon, and returns the daemon's answer: the word of one node.
    /// - Throws: `SwarmError`, `RouterError`, or `CancellationError`.
    public func oxendRequest(
        _ endpoint: OxendEndpoint, parameters: JSONValue = [:], at node: ServiceNode
    ) async throws -> JSONValue {
        let answer = try await ask(.oxend(endpoint, parameters: parameters), of: node)
        guard let result = answer["result"] else {
            throw SwarmError(.malformedAnswer, "the answer has no result of the chain daemon")
        }
        return result
    }

    /// Sends one request to one node, as it is.
    /// - Throws: `SwarmError` for any status but 2xx, `RouterError`, or `CancellationError`.
    public func ask(_ request: StorageRequest, of node: ServiceNode) async throws -> JSONValue {
        try await timed(request, of: node).answer
    }

    typealias Trip = (sentAt: ContinuousClock.Instant, receivedAt: ContinuousClock.Instant)

    func timedInfo(of node: ServiceNode) async throws -> (info: NodeInfo, trip: Trip) {
        let (answer, trip) = try await timed(.info, of: node)
        guard let time = Timestamp(plausible: answer["timestamp"]),
            let version = ServiceNode.Version(answer["version"])
        else { throw SwarmError(.malformedAnswer, "the answer has no version or no time") }
        return (NodeInfo(version: version, time: time, hardFork: NodeInfo.HardFork(answer["hf"])), trip)
    }

    private func timed(_ request: StorageRequest, of node: ServiceNode) async throws -> (answer: JSONValue, trip: Trip)
    {
        let document = try request.document()
        let sentAt = ContinuousClock.now
        let response = try await send(document, to: node)
        let receivedAt = ContinuousClock.now
        return (try JSONValue(json: try directBody(of: response)), (sentAt, receivedAt))
    }

    /// A question to a certain node cannot go elsewhere.
    private func directBody(of response: RoutedResponse) throws -> [UInt8] {
        guard response.status != 421 else { throw SwarmError(status: 421, text: "") }
        return try NodeAnswer.body(of: response)
    }
}

extension ServiceNode.Version {
    /// Nil unless `list` is a list of three numbers.
    init?(_ list: JSONValue?) {
        guard let parts = list?.array?.compactMap({ $0.unsigned.flatMap { UInt16(exactly: $0) } }), parts.count == 3,
            list?.array?.count == 3
        else { return nil }
        self.init(parts[0], parts[1], parts[2])
    }
}

extension NodeInfo.HardFork {
    /// Nil unless `list` is a list of two numbers.
    fileprivate init?(_ list: JSONValue?) {
        guard let list = list?.array, list.count == 2, let number = list[0].integer.flatMap({ Int(exactly: $0) }),
            let revision = list[1].integer.flatMap({ Int(exactly: $0) })
        else { return nil }
        self.init(number: number, revision: revision)
    }
}
