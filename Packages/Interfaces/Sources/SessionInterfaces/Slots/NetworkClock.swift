import FoundationEssentials

/// The clock slot: the time that the network agrees on, in which messages are dated and requests signed.
public protocol NetworkClock: Sendable {
    func now() -> Timestamp
}

/// A clock that learns the network's time from what service nodes say. Follows protocol document 02, section 5.6.
///
/// No single node moves it: at least two different ones have to agree.
public protocol AdjustableClock: NetworkClock {
    /// Takes note of a time that came along with an answer.
    func observe(_ reading: ClockReading)

    /// Has `ask` get the readings of several nodes, unless the clock was set a short while ago. Callers that come while
    /// this runs share its outcome.
    /// - Throws: what `ask` throws, or `CancellationError`.
    func synchronise(_ ask: @escaping @Sendable () async throws -> [ClockReading]) async throws -> ClockSynchronisation
}

/// What became of an attempt to set a clock.
public enum ClockSynchronisation: Hashable, Sendable {
    /// Nodes agreed, and the clock follows them.
    case agreed
    /// Nodes agreed a short while ago: nobody was asked.
    case recent
    /// Too few nodes answered, or they contradict each other: the clock is as it was.
    case failed
}

/// One node's word about the time.
public struct ClockReading: Hashable, Sendable {
    public let node: Ed25519PublicKey
    /// What the node said.
    public let time: Timestamp
    /// When it was asked.
    public let sentAt: ContinuousClock.Instant
    /// When its answer was complete.
    public let receivedAt: ContinuousClock.Instant

    public init(
        node: Ed25519PublicKey, time: Timestamp, sentAt: ContinuousClock.Instant, receivedAt: ContinuousClock.Instant
    ) {
        self.node = node
        self.time = time
        self.sentAt = sentAt
        self.receivedAt = receivedAt
    }
}

/// The computer's own clock.
public struct SystemClock: NetworkClock {
    public init() {}

    public func now() -> Timestamp {
        Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }
}
