public import SessionInterfaces

/// Delivers requests through onion paths, so that nobody on the way knows both who asks and what for.
///
/// Paths are built when they are first needed and cost nothing until used; a guard is proven by use. A failed attempt
/// is repeated over another path with the same payload in fresh layers. Follows protocol document 02, section 2.
public actor OnionRouter: Router {
    private let nodes: any ServiceNodeSource
    private let exchange: OnionExchange
    private let configuration: Configuration
    private var generator: SourceGenerator
    private var pathSet: PathSet {
        didSet { observers.announce(pathSet.paths) }
    }
    private var observers = PathObservers()

    /// An attempt that failed.
    private typealias Setback = (path: OnionPath, verdict: FailureVerdict)

    public init(
        nodes: any ServiceNodeSource, transport: any Transport, rules: Network.Rules, random: any RandomSource,
        configuration: Configuration = .init()
    ) {
        self.nodes = nodes
        self.configuration = configuration
        exchange = OnionExchange(
            transport: transport, random: random, encryption: configuration.encryption,
            maximumResponseSize: configuration.maximumResponseSize)
        generator = random.generator
        pathSet = PathSet(
            capacity: rules.pathCount,
            selection: PathSelection(length: configuration.hopCount, separatesSubnets: rules.separatesSubnets))
    }

    /// The paths in use now.
    public func paths() -> [OnionPath] { pathSet.paths }

    /// The paths in use now, and again after every change.
    public func pathUpdates() -> AsyncStream<[OnionPath]> {
        observers.add(current: pathSet.paths)
    }

    /// Makes as many attempts as configured, each within the request's time limit, and all of them within their sum.
    public func send(_ request: RoutedRequest, to destination: Destination) async throws -> RoutedResponse {
        let payload = try request.onionPayload(for: destination)
        let deadline = ContinuousClock.now + request.timeLimit * configuration.attempts
        var wishes = PathWishes(destination: destination.serviceNodeKey)
        var failed: FailureVerdict?
        var unproven: [Setback] = []
        for _ in 0..<configuration.attempts {
            if failed?.retry == .later { try await Task.sleep(for: configuration.rateLimitPause) }
            try Task.checkCancellation()
            let timeLimit = min(request.timeLimit, ContinuousClock.now.duration(to: deadline))
            guard timeLimit > .zero else { break }
            guard let path = try await path(for: wishes, mustExist: failed == nil) else { break }
            switch try await attempt(payload, to: destination, over: path, timeLimit) {
            case .reply(let reply):
                pathSet.trust(path.id)
                await apply(unproven)
                await judge(reply, of: destination)
                return RoutedResponse(
                    status: reply.status, headers: reply.headers, body: reply.body, path: path.nodes)
            case .failure(let failure):
                let verdict = FailureVerdict(failure, on: path.nodes, to: destination)
                if verdict.awaitsProof {
                    pathSet.suspect(path.id)
                    unproven.append((path, verdict))
                } else if failure.reachedGuard {
                    await apply(unproven + [(path, verdict)])
                    unproven = []
                }
                if verdict.retry == .never { throw verdict.error }
                wishes.rememberFailure(of: path, avoiding: verdict.avoided)
                failed = verdict
            }
        }
        try Task.checkCancellation()
        throw failed?.error ?? RouterError(.timedOut, "no time was left to send the request")
    }

    private func attempt(
        _ payload: [UInt8], to destination: Destination, over path: OnionPath, _ timeLimit: Duration
    ) async throws -> OnionExchange.Outcome {
        pathSet.begin(path.id)
        defer { pathSet.end(path.id) }
        return try await exchange.perform(payload, to: destination, through: path.nodes, timeLimit: timeLimit)
    }

    // MARK: Paths

    /// - Parameter mustExist: Whether to throw, instead of returning nil, when there is no path.
    private func path(for wishes: PathWishes, mustExist: Bool) async throws -> OnionPath? {
        if pathSet.isFull, let path = pathSet.path(for: wishes, using: &generator) { return path }
        let pool: [ServiceNode]
        do {
            pool = try await usableNodes()
        } catch {
            if mustExist { throw error }
            return nil
        }
        pathSet.fill(from: pool, for: wishes, using: &generator)
        if let path = pathSet.path(for: wishes, using: &generator) { return path }
        if let path = pathSet.detour(for: wishes, from: pool, using: &generator) { return path }
        guard mustExist else { return nil }
        throw RouterError(
            .noPath, "\(pool.count) service nodes are too few for a path of \(configuration.hopCount) and a destination"
        )
    }

    private func usableNodes() async throws -> [ServiceNode] {
        do {
            return try await nodes.serviceNodes()
        } catch let error as RouterError {
            throw error
        } catch {
            try Task.checkCancellation()
            throw RouterError(.noPath, "no service nodes are known", underlying: error)
        }
    }

    // MARK: Consequences

    private func apply(_ setbacks: [Setback]) async {
        var strikes: [Ed25519PublicKey: NodeStrike] = [:]
        for (path, verdict) in setbacks {
            strikes.merge(verdict.strikes) { old, new in old == .permanent ? old : new }
            if verdict.dropsPath { pathSet.drop(path.id) }
            guard verdict.strikesPath, pathSet.strike(path.id) else { continue }
            strikes.merge(path.nodes.map { ($0.ed25519Key, .transient) }) { old, _ in old }
        }
        await report(strikes)
    }

    private func judge(_ reply: OnionReply, of destination: Destination) async {
        guard let key = destination.serviceNodeKey, let strike = DestinationFault.strike(for: reply) else { return }
        await report([key: strike])
    }

    /// Reports strikes to the source, and takes nodes that it has dropped out of the paths.
    private func report(_ strikes: [Ed25519PublicKey: NodeStrike]) async {
        guard !strikes.isEmpty else { return }
        for (key, strike) in strikes { await nodes.strike(key, strike) }
        let pool = (try? await nodes.serviceNodes()) ?? []
        let known = Set(pool.map(\.ed25519Key))
        pathSet.replaceNodes(from: pool, using: &generator) { node in
            strikes[node.ed25519Key] == .permanent || (!known.isEmpty && !known.contains(node.ed25519Key))
        }
    }
}
