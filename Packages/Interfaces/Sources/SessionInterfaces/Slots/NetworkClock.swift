import FoundationEssentials

/// The clock slot: the time that the network agrees on, in which messages are dated and requests signed.
public protocol NetworkClock: Sendable {
    func now() -> Timestamp
}

/// The computer's own clock.
public struct SystemClock: NetworkClock {
    public init() {}

    public func now() -> Timestamp {
        Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }
}
