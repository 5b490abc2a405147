import Synchronization

/// A clock that stands still until it is moved, for tests.
public final class FixedClock: NetworkClock {
    private let moment: Mutex<Timestamp>

    public init(_ moment: Timestamp) { self.moment = Mutex(moment) }

    public func now() -> Timestamp { moment.withLock { $0 } }

    public func advance(by interval: Duration) {
        moment.withLock { $0 = $0 + interval }
    }
}
