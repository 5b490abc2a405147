import SessionCrypto
import SessionInterfaces
import SessionMessages
import SessionStorage
import SessionSwarm

extension Messenger {
    /// Sends `text` to an account, and a copy to the own swarm for the account's other devices.
    ///
    /// The encrypted message is durable before it leaves. When the process ends on the way, or the network fails,
    /// calling this again with the same recipient and text (or the same `key`) finishes that message, byte for byte,
    /// instead of making another; swarms recognise the bytes. This holds until `acknowledge(_:)` is called.
    ///
    /// - Parameters:
    ///   - text: 1 to 2,000 Unicode code points.
    ///   - key: names this message among those not acknowledged yet; recipient and text name it when nil.
    /// - Throws: `MessagesError` for a text that cannot be sent, `SwarmError` or `RouterError` when it was not stored,
    ///   `StoreError`.
    public func send(_ text: String, to recipient: AccountID, key: String? = nil) async throws -> SentMessage {
        guard recipient.prefix == .standard else {
            throw MessengerError(
                .unsupportedRecipient, "messages go to account IDs that begin with 05, not \(recipient.hex.prefix(2))")
        }
        let draft = Outbox.Draft(recipient: recipient, text: text, key: key)
        let (id, record, isResumed) = try await enqueue(draft)
        let delivery = record.isDelivered ? nil : try await deliver(record, id: id)
        return SentMessage(
            id: id, recipient: recipient, text: text, hash: record.hash(to: recipient),
            path: delivery?.path ?? [], confirmedBy: delivery?.confirmed ?? [], isResumed: isResumed)
    }

    /// Forgets that `message` was sent just now: sending the same text again makes another message.
    ///
    /// Call it once the result has reached whoever asked for the message.
    public func acknowledge(_ message: SentMessage) async throws {
        try await store.write { transaction in
            _ = try Tables.outbox.remove(Tables.outboxKey(message.id), in: transaction)
        }
    }

    /// The matching message that is not acknowledged yet, or a new one, durably queued.
    private func enqueue(_ draft: Outbox.Draft) async throws -> (Timestamp, OutboxRecord, isResumed: Bool) {
        let keys = keys
        let random = random
        let now = clock.now()
        return try await store.write { transaction in
            if let (id, record) = try Outbox.unacknowledged(draft, in: transaction) {
                return (id, record, true)
            }
            let id = try Outbox.uniqueTimestamp(notBefore: now, in: transaction)
            let record = try Outbox.seal(draft, sentAt: id, keys: keys, random: random)
            try Outbox.insert(record, id: id, from: keys.accountID, in: transaction)
            return (id, record, false)
        }
    }

    /// Stores both copies and marks the message as sent. Only the recipient's copy decides.
    private func deliver(_ record: OutboxRecord, id: Timestamp) async throws -> StoreReceipt {
        let receipt = try await swarm.store(item(record.recipientData, for: record.recipient))
        if let copy = record.ownData {
            // A missing copy costs the account's other devices this message, but the recipient has it.
            _ = try? await swarm.store(item(copy, for: accountID))
        }
        let sender = accountID
        try await store.write { transaction in
            try Outbox.markDelivered(id, record, from: sender, in: transaction)
        }
        return receipt
    }

    private func item(_ data: [UInt8], for account: AccountID) -> StorageItem {
        StorageItem(
            account: account, namespace: .messages, data: data, timestamp: clock.now(),
            timeToLive: MessageLifetime.visible)
    }
}

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
