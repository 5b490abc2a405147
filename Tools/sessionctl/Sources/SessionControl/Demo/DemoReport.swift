import SessionInterfaces
import SessionMessenger

/// The demo's outcome as data.
struct DemoReport: Report {
    struct Name: Encodable, Sendable {
        var name: String
        var accountId: String
    }

    struct Hop: Encodable, Sendable {
        var role: String
        var node: String
        var previous: String
        var next: String
        var bytes: Int
    }

    var schema = JSONText.schema
    var sent: String
    var received: String
    var restored: String
    var name: Name
    var sender: String
    var recipient: String
    /// The sender that the message itself proves.
    var verifiedSender: String
    var hash: String
    var timestampMs: Int64
    var confirmedBy: Int
    /// What each node that handled the message could see, guard first.
    var path: [Hop]
    var router: String
    var storage: String

    init(
        sent: String, received: HistoryEntry, restored: HistoryEntry, name: (String, AccountID), sender: AccountID,
        _ message: SentMessage, _ sightings: SightingTable, settings: Settings, storage: String
    ) {
        self.sent = sent
        self.received = received.text
        self.restored = restored.text
        self.name = Name(name: name.0, accountId: name.1.hex)
        self.sender = sender.hex
        recipient = message.recipient.hex
        verifiedSender = received.sender.hex
        hash = message.hash.text
        timestampMs = message.sentAt.milliseconds
        confirmedBy = message.confirmedBy.count
        path = sightings.rows
        router = settings.path.value
        self.storage = storage
    }

    var text: String { received }
}
