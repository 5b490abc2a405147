public import SessionInterfaces

/// Stores and fetches messages at the swarms of accounts. Follows protocol document 02, sections 3 to 5.
///
/// A request goes to one random member of the swarm; when that one fails, another is asked. What is believed is
/// verified: signatures of members, and the hashes of messages.
public struct SwarmClient: Sendable {
    let pool: NodePool
    let router: any Router
    let clock: any NetworkClock
    let random: any RandomSource
    let configuration: Configuration

    public struct Configuration: Hashable, Sendable {
        /// Members that are asked at most.
        public var attempts = 3
        /// Time that a path has for an answer.
        public var timeLimit: Duration = .seconds(10)
        /// Time between two attempts.
        public var retryPause: Duration = .milliseconds(100)
        /// Time before the next attempt when a node asks to send less.
        public var rateLimitPause: Duration = .seconds(1)

        public init() {}
    }

    public init(
        pool: NodePool, router: any Router, clock: any NetworkClock = SystemClock(),
        random: any RandomSource = SystemRandom(), configuration: Configuration = .init()
    ) {
        self.pool = pool
        self.router = router
        self.clock = clock
        self.random = random
        self.configuration = configuration
    }

    /// Has the swarm of the item's account keep it. Every attempt sends the same bytes, so none makes a second message.
    ///
    /// - Parameter credential: needed outside of public inboxes.
    /// - Returns: the proof of at least one member.
    /// - Throws: `SwarmError`, `RouterError`, or `CancellationError`.
    public func store(_ item: StorageItem, credential: SwarmCredential? = nil) async throws -> StoreReceipt {
        let document = try StorageRequest.store(item, credential: credential, signedAt: clock.now()).document()
        return try await askMembers(of: item.account) { member, swarm in
            try StoreReceipt(try await send(document, to: member), for: item, from: swarm)
        }
    }

    /// Fetches what one member of the account's swarm has and has not handed out before, namespace by namespace.
    ///
    /// - Parameters:
    ///   - namespaces: 1 to 20 different ones.
    ///   - credential: needed unless all of them are open to everybody.
    ///   - lastHash: where the given node shall continue in the given namespace: the last `RetrievedBatch.cursor` that
    ///     this very node gave, while it has not expired; nil for everything.
    /// - Throws: `SwarmError`, `RouterError`, `CancellationError`, or what `lastHash` throws.
    public func retrieve(
        _ account: AccountID, _ namespaces: [Namespace], credential: SwarmCredential?,
        since lastHash: @Sendable (Ed25519PublicKey, Namespace) async throws -> MessageHash?
    ) async throws -> RetrieveAnswer {
        guard Set(namespaces).count == namespaces.count else {
            throw SwarmError(.invalidRequest, "a namespace is named twice")
        }
        let shares = RetrieveShares.divisors(for: namespaces)
        return try await askMembers(of: account) { member, _ in
            let now = clock.now()
            var requests: [StorageRequest] = []
            for (namespace, share) in zip(namespaces, shares) {
                requests.append(
                    try .retrieve(
                        account, namespace, after: try await lastHash(member.ed25519Key, namespace), share: share,
                        credential: credential, signedAt: now))
            }
            let response = try await send(try StorageRequest.batch(requests).document(), to: member)
            let answer = try RetrieveAnswer(response, from: member, of: account, namespaces)
            if answer.batches.contains(where: { $0.rejected > 0 }) { await pool.strike(member.id, .transient) }
            return answer
        }
    }

    /// Has `node` pass a question on to its chain daemon, and returns the daemon's answer: the word of one node.
    /// - Throws: `SwarmError`, `RouterError`, or `CancellationError`.
    public func oxendRequest(
        _ endpoint: OxendEndpoint, parameters: JSONValue = [:], at node: ServiceNode
    ) async throws -> JSONValue {
        let document = try StorageRequest.oxend(endpoint, parameters: parameters).document()
        let response = try await send(document, to: node)
        guard response.status != 421 else { throw SwarmError(status: 421, text: "") }
        return try JSONDocument.decode(OxendAnswer<JSONValue>.self, from: try NodeAnswer.body(of: response)).result
    }

    private func send(_ document: [UInt8], to node: ServiceNode) async throws -> RoutedResponse {
        try await router.send(
            .storageRPC(document, timeLimit: configuration.timeLimit), to: .serviceNode(node))
    }
}
