public import SessionInterfaces

/// What one member of a swarm handed out.
public struct RetrieveAnswer: Sendable {
    public let node: ServiceNode
    /// What it had, for each namespace that it answered for, in the order of the request.
    public let batches: [RetrievedBatch]
    /// Why it did not answer for the others.
    public let refusals: [Namespace: SwarmError]
    /// The relays that carried the request, guard first.
    public let path: [ServiceNode]

    public init(
        node: ServiceNode, batches: [RetrievedBatch], refusals: [Namespace: SwarmError] = [:], path: [ServiceNode] = []
    ) {
        self.node = node
        self.batches = batches
        self.refusals = refusals
        self.path = path
    }
}

extension RetrieveAnswer {
    /// - Throws: `Misdirection`, `SwarmError(.malformedAnswer)`, or the first refusal when there is nothing else.
    init(_ response: RoutedResponse, from node: ServiceNode, of account: AccountID, _ namespaces: [Namespace]) throws {
        let results = try JSONDocument.decode(BatchAnswer<RetrieveBody>.self, from: try NodeAnswer.body(of: response))
            .results
        guard results.count == namespaces.count else {
            throw SwarmError(
                .malformedAnswer, "the answer has \(results.count) parts instead of \(namespaces.count)")
        }
        var batches: [RetrievedBatch] = []
        var refusals: [Namespace: SwarmError] = [:]
        for (namespace, result) in zip(namespaces, results) {
            switch result {
            case .success(let body): batches.append(body.batch(of: account, namespace))
            case .failure(let error): refusals[namespace] = error
            case .misdirected(let misdirection): throw misdirection
            }
        }
        if batches.isEmpty, let first = namespaces.first, let refusal = refusals[first] { throw refusal }
        self.init(node: node, batches: batches, refusals: refusals, path: response.path)
    }
}
