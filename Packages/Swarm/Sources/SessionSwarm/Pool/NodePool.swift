public import SessionInterfaces

/// Knows the service nodes of a network: where they are, which swarm each serves, and which of them failed too often.
///
/// The list comes from the network's seeds when it is first needed, later from the nodes themselves, of whom two must
/// agree. Follows protocol document 02, sections 1 and 3.
public actor NodePool: ServiceNodeSource {
    /// The network whose nodes these are.
    public nonisolated let network: Network
    private let seeds: SeedQuery
    private let clock: any NetworkClock
    private let random: any RandomSource
    private let policy: NodePoolPolicy
    private var registry: NodeRegistry
    private var lastAttempt: Timestamp?
    private var isDoubted = false
    /// Refreshes that failed since one last succeeded.
    private var failedRefreshes = 0
    private let cache: NodePoolCache?
    private var restoration: Task<Void, Never>?
    private var strikesSavedAt: Timestamp?
    private let seedFlight = SingleFlight<Void>()
    private let refreshFlight = SingleFlight<Void>()

    /// - Parameter cache: where the list and the strikes are kept between runs. A list that is read from there and old
    ///   is not used up: nodes on it are asked for a newer one. Without a cache every run asks the seeds.
    public init(
        network: Network, transport: any Transport, clock: any NetworkClock = SystemClock(),
        random: any RandomSource = SystemRandom(), policy: NodePoolPolicy = .standard, cache: (any Store)? = nil
    ) {
        self.network = network
        self.clock = clock
        self.random = random
        self.policy = policy
        seeds = SeedQuery(network: network, transport: transport, policy: policy)
        registry = NodeRegistry(policy: policy)
        self.cache = cache.map { NodePoolCache($0, network: network, policy: policy) }
    }

    /// Every node that has not been dropped. Asks the seeds when none is known, or too few are left.
    /// - Throws: `RouterError(.noPath)` when there are none, or `CancellationError`.
    public func serviceNodes() async throws -> [ServiceNode] {
        await restore()
        if registry.isEmpty {
            try await askSeeds(attempts: policy.seedAttempts)
        } else if registry.usable.count < network.rules.minimumPoolSize, hasPassed(policy.pause) {
            // Without a new list the nodes that are left may still do.
            try? await askSeeds(attempts: 1)
            try Task.checkCancellation()
        }
        guard !registry.usable.isEmpty else { throw RouterError(.noPath, "every service node failed too often") }
        return registry.usable
    }

    public func strike(_ node: Ed25519PublicKey, _ severity: NodeStrike) async {
        let now = clock.now()
        let isDropped = registry.strike(node, severity, at: now)
        guard let cache else { return }
        let isDue = strikesSavedAt.map { now - $0 >= policy.strikesSavingPause || $0 > now } ?? true
        guard isDropped || isDue else { return }
        strikesSavedAt = now
        await cache.save(registry.strikes)
    }

    /// The swarm that serves `account`, computed from the list of nodes.
    /// - Throws: `SwarmError(.noSwarm)`, or what `serviceNodes()` throws.
    public func swarm(of account: AccountID) async throws -> Swarm {
        _ = try await serviceNodes()
        guard let swarm = registry.swarm(of: account) else {
            throw SwarmError(.noSwarm, "no service node of \(network.name) serves a swarm")
        }
        return swarm
    }

    /// The swarm that another node names, as far as its members are known here; nil when none is.
    func swarm(namedBy misdirection: Misdirection) -> Swarm? {
        registry.swarm(misdirection.description.swarmID, of: Set(misdirection.description.members))
    }

    /// Whether the list is old, or in doubt and not new, and the last attempt to replace it long enough ago: lists are
    /// large, so each failure doubles the pause.
    public var isDue: Bool {
        get async {
            await restore()
            return registry.isDue(at: clock.now(), isDoubted: isDoubted)
                && hasPassed(policy.pause * (1 << min(failedRefreshes, 8)))
        }
    }

    /// Something contradicted the list: it is due before its time.
    public func doubt() { isDoubted = true }

    /// Replaces the list by what three nodes, asked through `router`, agree on; the seeds are asked when they do not.
    ///
    /// When this throws, the list is as it was.
    /// - Throws: `SwarmError(.unreliableNodeList)`, `RouterError`, or `CancellationError`.
    public func refresh(through router: any Router) async throws {
        try await refreshFlight.value {
            do {
                try await self.replaceList(through: router)
            } catch {
                await self.countFailedRefresh()
                throw error
            }
        }
    }

    private func replaceList(through router: any Router) async throws {
        var generator = random.generator
        let nodes = try await serviceNodes().shuffled(using: &generator).prefix(policy.refreshAnswers)
        guard nodes.count == policy.refreshAnswers else { return try await askSeeds(attempts: 1) }
        lastAttempt = clock.now()
        let query = NodeListQuery(router: router, timeLimit: policy.refreshTimeLimit)
        do {
            let agreed = try await query.agreedNodes(from: Array(nodes), presence: policy.refreshPresence)
            guard agreed.count >= network.rules.minimumPoolSize else {
                throw SwarmError(
                    .unreliableNodeList,
                    "nodes agree on \(agreed.count) others, fewer than \(network.rules.minimumPoolSize)")
            }
            await adopt(agreed)
        } catch let failure {
            try Task.checkCancellation()
            do {
                try await askSeeds(attempts: 1)
            } catch {
                try Task.checkCancellation()
                throw failure
            }
        }
    }

    private func countFailedRefresh() { failedRefreshes += 1 }

    private func askSeeds(attempts: Int) async throws {
        try await seedFlight.value { try await self.replaceListFromSeeds(attempts: attempts) }
    }

    private func replaceListFromSeeds(attempts: Int) async throws {
        defer { lastAttempt = clock.now() }
        await adopt(try await seeds.nodes(attempts: attempts))
    }

    private func adopt(_ nodes: [ServiceNode]) async {
        let now = clock.now()
        registry.replace(with: nodes, at: now)
        // Too few are left to go without those that failed: they get another chance.
        if registry.usable.count < network.rules.minimumPoolSize { registry.forgiveAll() }
        isDoubted = false
        failedRefreshes = 0
        await cache?.save(nodes, updatedAt: now, registry.strikes)
    }

    /// Takes over what an earlier run left behind, once.
    private func restore() async {
        guard let cache, registry.isEmpty else { return }
        if restoration == nil {
            restoration = Task {
                guard let content = await cache.load(at: clock.now()), registry.isEmpty,
                    content.nodes.count >= network.rules.minimumPoolSize
                else { return }
                registry.restore(content.nodes, of: content.updatedAt, content.strikes)
            }
        }
        await restoration?.value
    }

    /// Whether the last attempt to get a list is at least `pause` ago.
    private func hasPassed(_ pause: Duration) -> Bool {
        guard let lastAttempt else { return true }
        let elapsed = clock.now() - lastAttempt
        // A clock that was set back shall not stop the pool.
        return elapsed < .zero || elapsed >= pause
    }
}
