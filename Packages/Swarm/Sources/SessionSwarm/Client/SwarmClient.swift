public import SessionInterfaces

/// Stores, fetches and changes messages at the swarms of accounts. Follows protocol document 02, sections 3 to 5.
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
        /// Whose requests may share paths with these.
        public var isolation = PathIsolation.shared

        public init() {}
    }

    /// - Parameter clock: with an `AdjustableClock`, such as `NetworkTime`, requests that nodes refuse for their time
    ///   are signed anew after the clock was set.
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
    /// - Parameters:
    ///   - credential: needed outside of public inboxes.
    ///   - quorum: members whose proof is wanted.
    /// - Throws: `SwarmError`, `RouterError`, or `CancellationError`.
    public func store(
        _ item: StorageItem, credential: SwarmCredential? = nil, quorum: Quorum = .one
    ) async throws -> StoreReceipt {
        try await perform(.store(item, credential: credential, quorum: quorum))
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
        try await askMembers(of: account, prepare: { $0.moment }) { moment, member, _ in
            var places: [Namespace: MessageHash] = [:]
            for namespace in namespaces { places[namespace] = try await lastHash(member.ed25519Key, namespace) }
            let query = PollQuery(account: account, namespaces: namespaces, after: places)
            let document = try query.request(credential: credential, signedAt: moment).document()
            let (answer, path) = try await exchange(document, with: member)
            let parts = try SubAnswers.parts(of: answer, calls: namespaces.count)
            let retrieved = try RetrieveAnswer(parts[...], from: member, of: account, namespaces, path: path)
            if retrieved.rejected > 0 { await pool.strike(member.id, .transient) }
            return retrieved
        }
    }

    /// Sends a document and reads the answer, noting the time that comes with it.
    func exchange(_ document: [UInt8], with node: ServiceNode) async throws -> (answer: JSONValue, path: [ServiceNode])
    {
        let sentAt = ContinuousClock.now
        let response = try await send(document, to: node, orOthers: true)
        let answer = try NodeAnswer.document(of: response)
        observe(answer, of: node, sentAt: sentAt)
        return (answer, response.path)
    }

    /// - Parameter others: whether another node can be asked for the same when this one is silent.
    func send(_ document: [UInt8], to node: ServiceNode, orOthers others: Bool = false) async throws -> RoutedResponse {
        let request = RoutedRequest.storageRPC(
            document, timeLimit: configuration.timeLimit, isolation: configuration.isolation,
            hasOtherDestinations: others)
        return try await router.send(request, to: .serviceNode(node))
    }
}
