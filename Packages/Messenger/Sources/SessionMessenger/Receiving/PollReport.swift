import SessionInterfaces
import SessionMessages

/// What one poll brought.
public struct PollReport: Hashable, Sendable {
    /// Messages from others that were not known before.
    public internal(set) var received = 0
    /// Copies of own messages, sent from other devices.
    public internal(set) var ownCopies = 0
    /// Valid messages of kinds that are not shown.
    public internal(set) var unshown = 0
    /// Messages that were refused, by reason. They are marked as seen and never shown.
    public internal(set) var dropped: [DropReason: Int] = [:]
    /// The swarm member that answered last.
    public internal(set) var node: ServiceNode?
    /// The relays that carried its answer, guard first.
    public internal(set) var path: [ServiceNode] = []

    public init() {}

    mutating func count(_ reason: DropReason, times: Int = 1) {
        guard times > 0 else { return }
        dropped[reason, default: 0] += times
    }

    mutating func count(_ meanings: [Inbox.Meaning], added: [Bool]) {
        for (meaning, isNew) in zip(meanings, added) where isNew {
            switch meaning {
            case .incoming: received += 1
            case .ownCopy: ownCopies += 1
            case .unshown: unshown += 1
            case .refused(let reason): count(reason)
            }
        }
    }
}

/// A message that waits to be shown.
public struct Arrival: Hashable, Sendable {
    let queueKey: [UInt8]
    public let message: HistoryEntry
}
