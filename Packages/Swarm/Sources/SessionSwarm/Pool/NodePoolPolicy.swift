import SessionInterfaces

/// When and how a pool of nodes is filled. Follows protocol document 02, sections 1.1 and 1.5.
public struct NodePoolPolicy: Hashable, Sendable {
    /// A list older than this is asked for again.
    public var maximumAge: Duration = .seconds(2 * 3600)
    /// A list younger than this is not doubted: otherwise one bad node could have it fetched again and again.
    public var minimumAge: Duration = .seconds(60)
    /// Least time between two attempts to get a list.
    public var pause: Duration = .seconds(2)
    /// Attempts to reach the seeds while no node is known.
    public var seedAttempts = 4
    /// Time before the second attempt; each further one waits twice as long as the one before.
    public var seedBackOff: Duration = .seconds(1)
    /// Time for each seed's answer.
    public var seedTimeLimit: Duration = .seconds(5)
    /// Nodes asked in a refresh.
    public var refreshAnswers = 3
    /// Answers that have to describe a node alike.
    public var refreshPresence = 2
    /// Time for each attempt to get a node's answer.
    public var refreshTimeLimit: Duration = .seconds(10)
    /// Transient failures that drop a node.
    public var strikeLimit = 3
    /// After this a strike is forgotten.
    public var strikeLifetime: Duration = .seconds(48 * 3600)
    /// Least time between two writings of strikes to the cache, unless a node is dropped.
    public var strikesSavingPause: Duration = .seconds(300)

    public init() {}

    public static let standard = NodePoolPolicy()
}
