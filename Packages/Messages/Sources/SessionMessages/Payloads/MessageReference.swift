import SessionInterfaces

/// Names a message of a conversation: by its author, and the moment at which it was sent.
public struct MessageReference: Hashable, Sendable {
    /// In a community, the ID by which the author is shown there.
    public let author: AccountID
    public let sentAt: Timestamp

    public init(author: AccountID, sentAt: Timestamp) {
        self.author = author
        self.sentAt = sentAt
    }

    /// Nil when either names nobody and nothing.
    init?(author: String, milliseconds: UInt64) {
        guard let author = try? AccountID(author), let sentAt = Timestamp(wireMilliseconds: milliseconds) else {
            return nil
        }
        self.init(author: author, sentAt: sentAt)
    }
}
