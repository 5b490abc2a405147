import SessionInterfaces
import SessionStorage

extension Messenger {
    /// The latest messages with `account`, both ways, oldest first.
    /// - Parameters:
    ///   - moment: only messages sent before it; nil for the very latest.
    ///   - limit: at most so many.
    public func history(
        with account: AccountID, before moment: Timestamp? = nil, limit: Int = 100
    ) async throws -> [HistoryEntry] {
        let range = Tables.historyRange(conversation: account, before: moment)
        return try await store.read { snapshot in
            try Tables.history.records(range, .backward, limit: limit, in: snapshot)
                .reversed()
                .map { try HistoryEntry(key: $0.key, record: $0.record) }
        }
    }
}

/// One message of a conversation.
public struct HistoryEntry: Hashable, Sendable {
    public let conversation: AccountID
    public let sender: AccountID
    public let sentAt: Timestamp
    public let text: String
    public let hash: MessageHash
    /// When this device wrote it down.
    public let recordedAt: Timestamp
    public let delivery: Delivery
    /// The display name that came with the message: the sender's own claim.
    public let senderName: String?

    /// How far a message has come.
    public enum Delivery: String, Hashable, Sendable {
        /// Written down, not yet known to be in the recipient's swarm.
        case pending
        /// In the recipient's swarm.
        case stored
    }

    init(key: [UInt8], record: HistoryRecord) throws {
        (conversation, sentAt, sender) = try Tables.parts(ofHistoryKey: key)
        text = record.text
        hash = record.hash
        recordedAt = record.recordedAt
        delivery = record.delivery
        senderName = record.senderName
    }
}
