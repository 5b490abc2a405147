import SessionCrypto
import SessionInterfaces

/// One request on its way through attempts: what it asks of the next path, how long it may take, what went wrong.
struct RequestProgress {
    typealias Instant = ContinuousClock.Instant
    typealias Setback = (path: OnionPath, verdict: RoutingVerdict)

    let purpose: PathPurpose
    let destination: Destination
    let deadline: Instant
    var wishes: PathWishes
    private(set) var encryption: HopEncryption
    private(set) var failures = 0
    private var lastError: RouterError?
    /// Setbacks that count only if a later attempt gets an answer.
    private(set) var unproven: [Setback] = []
    let hasOtherDestinations: Bool
    private let timeLimit: Duration
    private let firstEncryption: HopEncryption

    init(_ request: RoutedRequest, to destination: Destination, _ configuration: OnionRouter.Configuration) {
        let whole =
            request.overallTimeLimit ?? configuration.overallTimeLimit
            ?? request.timeLimit * configuration.attempts
        purpose = PathPurpose(isolation: request.isolation, category: request.category)
        self.destination = destination
        deadline = ContinuousClock.now + whole
        timeLimit = request.timeLimit
        wishes = PathWishes(destination: destination.serviceNodeKey)
        firstEncryption = configuration.encryption
        encryption = configuration.encryption
        hasOtherDestinations = request.hasOtherDestinations
    }

    /// Time for the next attempt; zero or less when there is none left.
    var remaining: Duration { min(timeLimit, ContinuousClock.now.duration(to: deadline)) }

    /// What to throw when there are no more attempts.
    var error: RouterError { lastError ?? RouterError(.timedOut, "no time was left to send the request") }

    func state(over path: [ServiceNode], _ history: RoutingHistory, canRefreshNodes: Bool) -> RoutingState {
        RoutingState(
            path: path, destination: destination, encryption: encryption,
            hasChangedEncryption: encryption != firstEncryption, hasOtherDestinations: hasOtherDestinations,
            damagedRequests: history.damagedRequests, destinationErrors: history.errors(of: destination),
            canRefreshNodes: canRefreshNodes)
    }

    /// Takes note of a failed attempt; `path` is nil when there was none.
    mutating func note(_ verdict: RoutingVerdict, of path: OnionPath?) {
        failures += 1
        // Why the first attempts failed says more than that there is no path left.
        if path != nil || lastError == nil { lastError = verdict.error }
        if case .retry(_, let encryption) = verdict.course { self.encryption = encryption }
        guard let path else { return }
        wishes.rememberFailure(of: path, avoiding: verdict.avoided)
        if verdict.awaitsProof { unproven.append((path, verdict)) }
    }

    mutating func takeUnproven() -> [Setback] {
        defer { unproven = [] }
        return unproven
    }
}
