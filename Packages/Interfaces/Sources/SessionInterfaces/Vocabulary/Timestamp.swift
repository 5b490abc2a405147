/// A moment in network time: Unix milliseconds.
///
/// Moments come from the network, so sums stop at the ends of time instead of trapping.
public struct Timestamp: Hashable, Sendable, Comparable {
    public let milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public static func + (moment: Self, interval: Duration) -> Self {
        let (sum, isBeyond) = moment.milliseconds.addingReportingOverflow(interval.milliseconds)
        return Timestamp(milliseconds: isBeyond ? moment.milliseconds < 0 ? .min : .max : sum)
    }

    public static func - (moment: Self, interval: Duration) -> Self {
        let (difference, isBeyond) = moment.milliseconds.subtractingReportingOverflow(interval.milliseconds)
        return Timestamp(milliseconds: isBeyond ? moment.milliseconds < 0 ? .min : .max : difference)
    }

    public static func - (later: Self, earlier: Self) -> Duration {
        let (difference, isBeyond) = later.milliseconds.subtractingReportingOverflow(earlier.milliseconds)
        return .milliseconds(isBeyond ? later.milliseconds < 0 ? .min : .max : difference)
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
