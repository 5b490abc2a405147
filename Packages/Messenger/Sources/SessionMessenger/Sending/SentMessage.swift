import SessionInterfaces
import SessionSwarm

/// A message that its recipient's swarm has accepted.
public struct SentMessage: Hashable, Sendable {
    /// The sent timestamp: no two messages of an account share one.
    public let id: Timestamp
    public let recipient: AccountID
    public let text: String
    public let hash: MessageHash
    /// The relays that carried it, guard first; empty when it went directly, or in an earlier run.
    public let path: [ServiceNode]
    /// Swarm members that proved to hold it, as far as this run has seen.
    public let confirmedBy: [Ed25519PublicKey]
    /// An earlier, unfinished call had begun this message.
    public let isResumed: Bool

    public var sentAt: Timestamp { id }
}

extension SentMessage {
    /// - Parameter receipt: nil when an earlier run has delivered it.
    init(_ record: OutboxRecord, _ id: Timestamp, _ receipt: StoreReceipt?, isResumed: Bool) {
        self.init(
            id: id, recipient: record.recipient, text: record.text, hash: record.hash, path: receipt?.path ?? [],
            confirmedBy: receipt?.confirmed ?? [], isResumed: isResumed)
    }

    init(_ record: SentKeyRecord) {
        self.init(
            id: record.sentAt, recipient: record.recipient, text: record.text, hash: record.hash, path: [],
            confirmedBy: [], isResumed: true)
    }
}
