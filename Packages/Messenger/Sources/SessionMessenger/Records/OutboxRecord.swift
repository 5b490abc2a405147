import SessionInterfaces
import SessionStorage
import SessionSwarm

/// A message from the moment it is decided until its sender has acknowledged the result.
struct OutboxRecord: StoredRecord, Hashable {
    static let formatVersion: UInt8 = 1

    var recipient: AccountID
    var text: String
    /// The caller's own name for the message.
    var key: String?
    /// The bytes for the recipient's swarm. They never change: a retry is the same message.
    var recipientData: [UInt8]
    /// The copy for the own swarm; nil when the recipient is the account itself.
    var ownData: [UInt8]?
    /// The recipient's swarm has it.
    var isDelivered: Bool

    func matches(_ draft: Outbox.Draft) -> Bool {
        if let key = draft.key { return key == self.key }
        return key == nil && recipient == draft.recipient && text == draft.text
    }

    /// What the recipient's swarm calls it.
    var hash: MessageHash {
        MessageHash.of(account: recipient, namespace: .messages, data: recipientData)
    }
}
