public import SessionInterfaces

/// A message as a swarm keeps it.
public struct StoredMessage: Hashable, Sendable {
    public let hash: MessageHash
    /// When its sender says it was stored.
    public let timestamp: Timestamp
    /// When the swarm will forget it.
    public let expiry: Timestamp
    public let data: [UInt8]

    public init(hash: MessageHash, timestamp: Timestamp, expiry: Timestamp, data: [UInt8]) {
        self.hash = hash
        self.timestamp = timestamp
        self.expiry = expiry
        self.data = data
    }
}

/// What one node had in one namespace, in the order in which it arrived there.
public struct RetrievedBatch: Hashable, Sendable {
    public let namespace: Namespace
    public let messages: [StoredMessage]
    /// Whether the node has more: ask again after `cursor`.
    public let more: Bool
    /// Entries that were refused, because their bytes do not belong to their hash or they break the format.
    public let rejected: Int
    /// The last entry that has a hash at all, refused or not: where this node shall continue.
    public let cursor: Cursor?

    /// A place in one node's order of arrival. It means nothing to other nodes.
    public struct Cursor: Hashable, Sendable {
        public let hash: MessageHash
        /// After this the node may have forgotten the place.
        public let expiry: Timestamp

        public init(hash: MessageHash, expiry: Timestamp) {
            self.hash = hash
            self.expiry = expiry
        }
    }

    public init(
        namespace: Namespace, messages: [StoredMessage], more: Bool, rejected: Int = 0, cursor: Cursor? = nil
    ) {
        self.namespace = namespace
        self.messages = messages
        self.more = more
        self.rejected = rejected
        self.cursor = cursor
    }
}
