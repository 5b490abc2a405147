import SessionInterfaces

/// How often and from whom a poller fetches. Follows protocol document 02, section 5.1.
public struct SwarmPollerPolicy: Hashable, Sendable {
    /// Between two polls of an own account, or of a group with messages not older than `activeAge`.
    public var activeInterval: Duration = .seconds(5)
    /// The same for a group whose last message is not older than `mediumAge`.
    public var mediumInterval: Duration = .seconds(60)
    /// The same for all other groups.
    public var inactiveInterval: Duration = .seconds(120)
    public var activeAge: Duration = .days(2)
    public var mediumAge: Duration = .days(7)
    /// Polls of one node before another one is taken.
    public var pollsPerNode = 6
    /// Polls that follow each other at once because the node has more; then others get their turn.
    public var pagesAtOnce = 100
    /// After so long without a poll two nodes are asked: one of them may have missed something.
    public var longSilence: Duration = .seconds(300)
    /// Before the poll that follows a failed one; each further failure doubles it.
    public var failurePause: Duration = .seconds(1)
    public var maximumFailurePause: Duration = .seconds(60)
    /// How long configs are kept from now on.
    public var renewedLifetime: Duration = .days(30)
    /// Between two renewals, which all members of the swarm have to carry out.
    public var renewalInterval: Duration = .seconds(600)

    public init() {}

    public static let standard = SwarmPollerPolicy()

    /// - Parameter lastMessage: when the group's last message was sent; nil when none is known.
    func interval(of account: AccountID, lastMessage: Timestamp?, at now: Timestamp) -> Duration {
        guard account.prefix == .group else { return activeInterval }
        guard let lastMessage else { return inactiveInterval }
        let age = now - lastMessage
        return age <= activeAge ? activeInterval : age <= mediumAge ? mediumInterval : inactiveInterval
    }
}
