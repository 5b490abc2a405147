public import SessionInterfaces

/// Delivers requests through onion paths, so that nobody on the way knows both who asks and what for.
///
/// Paths are built when they are first needed and cost nothing until used; a guard is proven by use. Each account, and
/// each category of requests, has paths of its own. A failed attempt is repeated over another path with the same payload
/// in fresh layers. Follows protocol document 02, sections 2 and 7.
public actor OnionRouter: Router {
    let nodes: any ServiceNodeSource
    let exchange: OnionExchange
    let configuration: Configuration
    let clock: any NetworkClock
    let record: GuardRecord?
    private let nodesInDoubt: (@Sendable () async -> Void)?
    /// The time by which paths age.
    let instant: @Sendable () -> ContinuousClock.Instant
    var generator: SourceGenerator
    var pathSets: PathSets {
        didSet { observers.announce(snapshots()) }
    }
    private var observers = PathObservers()
    private var history = RoutingHistory()
    /// Setbacks of requests that were given up while another destination could still show whose fault it was.
    private var openSetbacks: [OnionPath.ID: (setback: RequestProgress.Setback, since: ContinuousClock.Instant)] = [:]
    /// Time for which they stay open: a later answer may mean that the client is online again.
    private static let proofLimit = Duration.seconds(30)
    private var loading: Task<Void, Never>?
    private var isLoaded = false
    var saving: Task<Void, Never>?
    /// The guards as the record has them.
    var writtenGuards = GuardBook()
    /// The rotation under way; there is one at a time.
    var rotation: Task<Void, Never>?
    var doubting: Task<Void, Never>?

    /// - Parameters:
    ///   - clock: The time by which guards age.
    ///   - guards: Where guards are kept from one run to the next; nil for a client that begins afresh every time.
    ///   - nodesInDoubt: Called in the background, never twice at once, when the list of nodes seems to be old.
    public init(
        nodes: any ServiceNodeSource, transport: any Transport, rules: Network.Rules, random: any RandomSource,
        configuration: Configuration = .init(), clock: any NetworkClock = SystemClock(), guards: GuardRecord? = nil,
        nodesInDoubt: (@Sendable () async -> Void)? = nil
    ) {
        self.init(
            nodes: nodes, transport: transport, rules: rules, random: random, configuration: configuration,
            clock: clock, guards: guards, nodesInDoubt: nodesInDoubt, instant: { ContinuousClock.now })
    }

    init(
        nodes: any ServiceNodeSource, transport: any Transport, rules: Network.Rules, random: any RandomSource,
        configuration: Configuration, clock: any NetworkClock, guards: GuardRecord?,
        nodesInDoubt: (@Sendable () async -> Void)?, instant: @escaping @Sendable () -> ContinuousClock.Instant
    ) {
        self.nodes = nodes
        self.configuration = configuration
        self.clock = clock
        record = guards
        self.nodesInDoubt = nodesInDoubt
        self.instant = instant
        exchange = OnionExchange(
            transport: transport, random: random, maximumResponseSize: configuration.maximumResponseSize)
        generator = random.generator
        pathSets = PathSets(
            pathCount: configuration.singlePath ? 1 : rules.pathCount,
            selection: PathSelection(length: configuration.hopCount, separatesSubnets: rules.separatesSubnets),
            sharing: configuration.nodeSharing)
    }

    /// The paths in use now, and again after every change.
    public func pathUpdates() -> AsyncStream<[PathSnapshot]> {
        observers.add(current: snapshots())
    }

    /// Makes as many attempts as configured, each within the request's time limit, and all of them within its overall
    /// time limit.
    public func send(_ request: RoutedRequest, to destination: Destination) async throws -> RoutedResponse {
        let payload = try request.onionPayload(for: destination)
        var progress = RequestProgress(request, to: destination, configuration)
        await loadGuards()
        while true {
            try Task.checkCancellation()
            let (path, outcome) = try await attempt(payload, for: progress)
            switch outcome {
            case .reply(let reply):
                return await deliver(reply, over: path, for: &progress)
            case .failure(let failure):
                guard let pause = await pause(after: failure, of: path, for: &progress) else {
                    try Task.checkCancellation()
                    keepOpen(progress)
                    throw progress.error
                }
                try await Task.sleep(for: pause)
            }
        }
    }

    private func attempt(
        _ payload: [UInt8], for progress: RequestProgress
    ) async throws -> (OnionPath?, OnionExchange.Outcome) {
        let path: OnionPath
        do {
            path = try await self.path(for: progress)
        } catch let error as RouterError {
            return (nil, .failure(.noPath(error)))
        }
        guard progress.remaining > .zero else { return (nil, .failure(.timedOut)) }
        update(progress.purpose) { $0.begin(path.id) }
        defer { update(progress.purpose) { $0.end(path.id) } }
        rotateWhatIsDue(progress.purpose)
        let outcome = try await exchange.perform(
            payload, to: progress.destination, through: path.nodes, encryption: progress.encryption,
            timeLimit: progress.remaining)
        return (path, outcome)
    }

    // MARK: Consequences

    private func deliver(
        _ reply: OnionReply, over path: OnionPath?, for progress: inout RequestProgress
    ) async -> RoutedResponse {
        let destination = progress.destination
        let state = progress.state(over: path?.nodes ?? [], history, canRefreshNodes: false)
        let verdict = RoutingVerdict(reply, in: state)
        history.note(reply, of: destination, verdict)
        if let path { update(progress.purpose) { $0.trust(path.id) } }
        await apply(closeSetbacks(except: path?.id) + progress.takeUnproven())
        await report(verdict.strikes)
        return RoutedResponse(
            status: reply.status, headers: reply.headers, body: reply.body, path: path?.nodes ?? [],
            advice: verdict.advice)
    }

    /// Draws the consequences of a failure, and says how long to wait before the next attempt; nil when it was the last.
    private func pause(
        after failure: OnionFailure, of path: OnionPath?, for progress: inout RequestProgress
    ) async -> Duration? {
        let state = progress.state(over: path?.nodes ?? [], history, canRefreshNodes: nodesInDoubt != nil)
        let verdict = RoutingVerdict(failure, in: state)
        history.note(failure, verdict)
        progress.note(verdict, of: path)
        if verdict.doubtsNodes { doubtNodes() }
        if let path, verdict.awaitsProof {
            update(progress.purpose) { $0.suspect(path.id) }
        } else if let path, failure.reachedGuard {
            await apply(progress.takeUnproven() + [(path, verdict)])
        }
        guard case .retry(let pause, _) = verdict.course, progress.failures < configuration.attempts else { return nil }
        let duration = configuration.pauses.duration(pause, after: progress.failures)
        return duration < ContinuousClock.now.duration(to: progress.deadline) ? duration : nil
    }

    /// A silent destination that has others like it says nothing about the path until one of those answers.
    private func keepOpen(_ progress: RequestProgress) {
        guard progress.hasOtherDestinations else { return }
        for setback in progress.unproven { openSetbacks[setback.path.id] = (setback, instant()) }
    }

    /// Those that an answer now proves: it came over another path, and not long after.
    private func closeSetbacks(except answered: OnionPath.ID?) -> [RequestProgress.Setback] {
        defer { openSetbacks = [:] }
        return openSetbacks.filter { $0.key != answered && $0.value.since + Self.proofLimit > instant() }
            .values.map(\.setback)
    }

    private func apply(_ setbacks: [RequestProgress.Setback]) async {
        guard !setbacks.isEmpty else { return }
        var strikes: [Ed25519PublicKey: NodeStrike] = [:]
        for (path, verdict) in setbacks {
            strikes.merge(verdict.strikes) { old, new in old == .permanent ? old : new }
            if verdict.dropsPath { pathSets.guards.fail(path.guardNode.ed25519Key, at: clock.now()) }
            var isRetired = false
            pathSets.updateAll { _, set in
                if verdict.dropsPath { set.drop(path.id) }
                if verdict.strikesPath, set.strike(path.id) { isRetired = true }
            }
            guard isRetired else { continue }
            strikes.merge(path.nodes.map { ($0.ed25519Key, .transient) }) { old, _ in old }
        }
        await report(strikes)
        saveSoon()
    }

    /// Reports strikes to the source, and takes nodes that it has dropped out of the paths.
    func report(_ strikes: [Ed25519PublicKey: NodeStrike]) async {
        guard !strikes.isEmpty else { return }
        for (key, strike) in strikes { await nodes.strike(key, strike) }
        let pool = (try? await nodes.serviceNodes()) ?? []
        let known = Set(pool.map(\.ed25519Key))
        let isGone: @Sendable (Ed25519PublicKey) -> Bool = { key in
            strikes[key] == .permanent || (!known.isEmpty && !known.contains(key))
        }
        pathSets.guards.forget(where: isGone)
        for purpose in pathSets.purposes {
            let material = pathSets.material(for: purpose, from: pool, at: clock.now())
            update(purpose) { set in
                set.replaceNodes(from: material, at: instant(), using: &generator) { isGone($0.ed25519Key) }
            }
        }
        saveSoon()
    }

    private func doubtNodes() {
        guard let nodesInDoubt, doubting == nil else { return }
        doubting = Task {
            await nodesInDoubt()
            doubting = nil
        }
    }

    // MARK: Guards

    /// Reads the guards of earlier runs, once.
    func loadGuards() async {
        guard !isLoaded, let record else { return }
        let task =
            loading
            ?? Task {
                writtenGuards = await record.load(at: clock.now())
                pathSets.guards = writtenGuards
            }
        loading = task
        await task.value
        isLoaded = true
    }

    @discardableResult
    func update<R>(_ purpose: PathPurpose, _ change: (inout PathSet) -> R) -> R {
        pathSets.update(purpose, at: instant(), clock.now(), change)
    }
}
