public import SessionInterfaces

/// The guards of a client, oldest first: the few nodes that may see its address, kept across paths and runs.
/// A value without I/O. Follows protocol document 02, section 2.7.
@_spi(Simulation) public struct GuardBook: Hashable, Sendable {
    /// After this time a guard is replaced.
    public static let ageLimit = Duration.days(10)
    /// A guard that failed is passed over for this time, and then preferred again: who can break a connection shall not
    /// be able to make a client try one guard after the other.
    public static let rest = Duration.seconds(600)
    /// Guards remembered at most.
    public static let capacity = 16

    public struct Entry: Hashable, Sendable {
        public let key: Ed25519PublicKey
        /// When it first served.
        public var firstUsed: Timestamp
        /// When it last could not be reached.
        public var failed: Timestamp?
    }

    public internal(set) var entries: [Entry] = []

    public init() {}

    /// The guards to take first, in this order.
    public func preferred(at now: Timestamp) -> [Ed25519PublicKey] {
        entries.filter { !isExpired($0, at: now) && !isResting($0, at: now) }.map(\.key)
    }

    /// When `key` first served as a guard; nil for a node that is none.
    public func firstUsed(_ key: Ed25519PublicKey) -> Timestamp? {
        entries.first { $0.key == key }?.firstUsed
    }

    /// Whether `key` has served its time, or is no guard.
    public func isExpired(_ key: Ed25519PublicKey, at now: Timestamp) -> Bool {
        entries.first { $0.key == key }.map { isExpired($0, at: now) } ?? true
    }

    /// A path with this guard was built.
    public mutating func use(_ key: Ed25519PublicKey, at now: Timestamp) {
        entries = entries.filter { $0.key == key || !isExpired($0, at: now) }
        guard !entries.contains(where: { $0.key == key }) else { return }
        if entries.count >= Self.capacity { entries.remove(at: entries.firstIndex { $0.failed != nil } ?? 0) }
        entries.append(Entry(key: key, firstUsed: now))
    }

    /// The guard could not be reached.
    public mutating func fail(_ key: Ed25519PublicKey, at now: Timestamp) {
        if let index = entries.firstIndex(where: { $0.key == key }) { entries[index].failed = now }
    }

    /// Nodes that are none any more, or no good ones.
    public mutating func forget(where isGone: (Ed25519PublicKey) -> Bool) {
        entries.removeAll { isGone($0.key) }
    }

    /// A time in the future, from before the clock was set back, is as good as now.
    private func isExpired(_ entry: Entry, at now: Timestamp) -> Bool { now - entry.firstUsed >= Self.ageLimit }

    private func isResting(_ entry: Entry, at now: Timestamp) -> Bool {
        guard let failed = entry.failed else { return false }
        return (.zero..<Self.rest).contains(now - failed)
    }
}
