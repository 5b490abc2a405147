public import SessionInterfaces
import Synchronization

/// The time as the service nodes have it: the computer's own until nodes agree on another, then theirs, carried forward
/// by a clock that nobody sets. Follows protocol document 02, section 5.6.
///
/// Times that come with answers are taken as they come; `synchronise` asks several nodes at once, and no more than once
/// in ten minutes with success. One node alone never moves it: see `ClockConsensus`.
public final class NetworkTime: AdjustableClock {
    /// Least time between two successful synchronisations.
    public static let interval = Duration.seconds(600)
    /// Longest time for a question and its answer whose time is noted on the way.
    static let longestObservedTrip = Duration.seconds(4)
    /// The same for questions that are asked for the sake of the time.
    public static let longestTrip = Duration.seconds(8)

    private struct State {
        var observed: ClockConsensus
        /// The network's time at an instant.
        var anchor: (time: Timestamp, instant: ContinuousClock.Instant)?
        var lastAgreement: ContinuousClock.Instant?
    }

    private let local: any NetworkClock
    private let monotonic: @Sendable () -> ContinuousClock.Instant
    private let state: Mutex<State>
    private let flight = SingleFlight<ClockSynchronisation>()

    /// - Parameters:
    ///   - local: what is believed until nodes agree.
    ///   - monotonic: carries the time forward; readings have to be taken with the same.
    public init(
        local: any NetworkClock = SystemClock(),
        monotonic: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.local = local
        self.monotonic = monotonic
        state = Mutex(State(observed: ClockConsensus(comparedAt: monotonic())))
    }

    public func now() -> Timestamp {
        let instant = monotonic()
        return state.withLock { $0.anchor.map { $0.time + (instant - $0.instant) } } ?? local.now()
    }

    /// How far the network is ahead of the computer's clock; nil until nodes have agreed.
    public var offset: Duration? {
        let instant = monotonic()
        let network = state.withLock { $0.anchor.map { $0.time + (instant - $0.instant) } }
        return network.map { $0 - local.now() }
    }

    public func observe(_ reading: ClockReading) {
        let instant = monotonic()
        state.withLock { state in
            state.observed.add(reading, longestTrip: Self.longestObservedTrip)
            if let time = state.observed.time(at: instant) { state.anchor = (time, instant) }
        }
    }

    public func synchronise(
        _ ask: @escaping @Sendable () async throws -> [ClockReading]
    ) async throws -> ClockSynchronisation {
        let instant = monotonic()
        let isRecent = state.withLock { $0.lastAgreement.map { instant - $0 < Self.interval } ?? false }
        if isRecent { return .recent }
        return try await flight.value { self.take(try await ask()) }
    }

    private func take(_ readings: [ClockReading]) -> ClockSynchronisation {
        let instant = monotonic()
        var asked = ClockConsensus(comparedAt: instant)
        for reading in readings { asked.add(reading, longestTrip: Self.longestTrip) }
        guard let time = asked.time(at: instant) else { return .failed }
        state.withLock { state in
            state.anchor = (time, instant)
            state.lastAgreement = instant
            // What was observed before the clock was set has had its say.
            state.observed = ClockConsensus(comparedAt: instant)
        }
        return .agreed
    }
}
