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

    /// Entries that were refused, in all namespaces.
    public var rejected: Int { batches.reduce(0) { $0 + $1.rejected } }
}

extension RetrieveAnswer {
    /// - Parameter parts: one for each of `namespaces`.
    /// - Throws: `Misdirection`, or the first refusal when there is nothing else.
    init(
        _ parts: ArraySlice<SubAnswer>, from node: ServiceNode, of account: AccountID, _ namespaces: [Namespace],
        path: [ServiceNode]
    ) throws {
        var batches: [RetrievedBatch] = []
        var refusals: [Namespace: SwarmError] = [:]
        for (namespace, part) in zip(namespaces, parts) {
            do {
                guard part.isSuccess else { throw part.failure }
                batches.append(try RetrieveBody(part.body).batch(of: account, namespace))
            } catch let refusal as SwarmError {
                refusals[namespace] = refusal
            }
        }
        if batches.isEmpty, let first = namespaces.first, let refusal = refusals[first] { throw refusal }
        self.init(node: node, batches: batches, refusals: refusals, path: path)
    }
}
