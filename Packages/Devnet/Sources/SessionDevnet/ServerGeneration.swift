public import SessionInterfaces

/// How storage servers of a version behave where versions differ.
public enum ServerGeneration: Hashable, Sendable, CaseIterable {
    /// The 2.8 line of 2024, whose answers are on record.
    case legacy
    /// The line of 2.10 and later.
    case current

    public init(_ version: ServiceNode.Version) {
        self = version < ServiceNode.Version(2, 10, 0) ? .legacy : .current
    }

    /// A 421 names the account that was asked for.
    var namesAccountOfOtherSwarm: Bool { self == .current }
    /// The status says so when every member failed.
    var noticesTotalFailure: Bool { self == .current }
    /// Namespace -3741 takes no messages.
    var reservesNamespace: Bool { self == .current }
    /// Several expiries in one call are older than the network's hard forks.
    var alwaysTakesExpiryLists: Bool { self == .current }
    /// Extending a life by less than a hundredth does nothing.
    var ignoresSlightExtension: Bool { self == .current }
    /// A revocation that another member passes on may be as late as other calls.
    var forwardsRevocationsLate: Bool { self == .current }
    /// `revoked_subaccounts` and `active_nodes_bin` exist.
    var hasRecentMethods: Bool { self == .current }
    /// An onion hop that cannot be reached is named at once, instead of after the time limit.
    var namesUnreachableHops: Bool { self == .current }

    /// Who subscribes at a node of another swarm hears so.
    var refusesForeignSubscriptions: Bool { self == .current }

    var outboxRule: OutboxRule { self == .current ? .newest : .latest }
}

/// Which message a public outbox keeps.
enum OutboxRule: Hashable, Sendable {
    /// The one that came last. Fails when the account has nothing else: the account goes with its last message, before
    /// the new one is there.
    case latest
    /// The one with the latest time.
    case newest
}
