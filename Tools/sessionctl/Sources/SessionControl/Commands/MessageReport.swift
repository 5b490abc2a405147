import SessionInterfaces
import SessionMessenger

/// One message as `receive` and `history` print it.
struct MessageReport: Report {
    enum Direction: String, Encodable {
        case incoming
        case outgoing
    }

    var schema = JSONText.schema
    var type = "message"
    var direction: Direction
    var conversation: String
    var from: String
    var senderName: String?
    var body: String
    var hash: String
    var delivery: String
    var timestampMs: Int64
    var timestamp: String

    enum CodingKeys: String, CodingKey {
        case schema, type, direction, conversation, from, senderName, body = "text", hash, delivery, timestampMs
        case timestamp
    }

    init(_ entry: HistoryEntry, account: AccountID) {
        direction = entry.sender == account ? .outgoing : .incoming
        conversation = entry.conversation.hex
        from = entry.sender.hex
        senderName = entry.senderName
        body = entry.text
        hash = entry.hash.text
        delivery = entry.delivery.rawValue
        timestampMs = entry.sentAt.milliseconds
        timestamp = entry.sentAt.text
    }

    var text: String {
        let arrow = direction == .incoming ? "<" : ">"
        let name = senderName.map { " (\(PlainText.visible($0)))" } ?? ""
        let mark = delivery == HistoryEntry.Delivery.pending.rawValue ? " [not sent yet]" : ""
        return "\(timestamp) \(arrow) \(from)\(name)\(mark)\n  \(PlainText.indented(PlainText.visible(body), by: 2))"
    }
}
