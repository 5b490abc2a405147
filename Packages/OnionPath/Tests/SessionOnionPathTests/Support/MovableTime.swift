import SessionInterfaces
import Synchronization

/// The time by which paths age, moved by hand.
final class MovableTime: Sendable {
    private let moment = Mutex(ContinuousClock.now)

    var now: ContinuousClock.Instant { moment.withLock { $0 } }

    func advance(by interval: Duration) { moment.withLock { $0 += interval } }
}
