import SessionInterfaces
import SessionStorage

/// A message of a conversation. Conversation, sent time and sender are in its key.
struct HistoryRecord: StoredRecord, Hashable {
    static let formatVersion: UInt8 = 1

    typealias Delivery = HistoryEntry.Delivery

    var text: String
    var hash: MessageHash
    var recordedAt: Timestamp
    var delivery: Delivery
    var senderName: String?
}
