public import SessionInterfaces

/// Bytes to be kept by an account's swarm.
public struct StorageItem: Hashable, Sendable {
    /// Bytes of the largest item.
    public static let maximumSize = 76_800

    public let account: AccountID
    public let namespace: Namespace
    public let data: [UInt8]
    /// When the item was made; nodes refuse what lies in the future.
    public let timestamp: Timestamp
    /// How long after `timestamp` the swarm forgets it.
    public let timeToLive: Duration

    public init(
        account: AccountID, namespace: Namespace, data: [UInt8], timestamp: Timestamp, timeToLive: Duration
    ) {
        self.account = account
        self.namespace = namespace
        self.data = data
        self.timestamp = timestamp
        self.timeToLive = timeToLive
    }

    public var hash: MessageHash { .of(account: account, namespace: namespace, data: data) }

    /// Lifetimes that nodes accept.
    var allowedTimesToLive: ClosedRange<Duration> {
        .seconds(10) ... .days(namespace.isPublicInbox ? 14 : 30)
    }

    func validate() throws(SwarmError) {
        guard data.count <= Self.maximumSize else {
            throw SwarmError(.invalidRequest, "the data has \(data.count) bytes, more than \(Self.maximumSize)")
        }
        guard allowedTimesToLive.contains(timeToLive) else {
            let longest = namespace.isPublicInbox ? 14 : 30
            throw SwarmError(.invalidRequest, "the time to live is not between 10 seconds and \(longest) days")
        }
    }
}
