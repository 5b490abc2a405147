/// A moment in network time: Unix milliseconds.
public struct Timestamp: Hashable, Sendable, Comparable {
    public let milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public static func + (moment: Self, interval: Duration) -> Self {
        Timestamp(milliseconds: moment.milliseconds + interval.milliseconds)
    }

    public static func - (moment: Self, interval: Duration) -> Self {
        Timestamp(milliseconds: moment.milliseconds - interval.milliseconds)
    }

    public static func - (later: Self, earlier: Self) -> Duration {
        .milliseconds(later.milliseconds - earlier.milliseconds)
    }

    public static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }
}

extension Duration {
    /// Whole milliseconds, rounded towards zero.
    public var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }

    public static func days(_ days: Int) -> Duration { .seconds(days * 86_400) }
}
