import SessionInterfaces

/// Gives out the moments at which an account's messages are sent: no two are equal, because the moment is a message's
/// identity. Follows protocol document 01, section 6.1.
public struct SentTimes: Hashable, Sendable {
    /// The moment given out last.
    public private(set) var last: Timestamp?

    public init(last: Timestamp? = nil) { self.last = last }

    /// `now`, or the first millisecond after the last moment given out.
    public mutating func next(at now: Timestamp) -> Timestamp {
        let next = last.map { max(now, $0 + .milliseconds(1)) } ?? now
        last = next
        return next
    }
}
