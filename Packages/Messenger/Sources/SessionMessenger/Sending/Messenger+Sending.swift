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
    ///   - key: the caller's own name for this message. Recipient and text name it when nil.
    /// - Throws: `MessagesError` for a text that cannot be sent, `SwarmError` or `RouterError` when it was not stored,
    ///   `StoreError`.
    public func send(_ text: String, to recipient: AccountID, key: String? = nil) async throws -> SentMessage {
        guard recipient.prefix == .standard else {
            throw MessengerError(
                .unsupportedRecipient, "messages go to account IDs that begin with 05, not \(recipient.hex.prefix(2))")
        }
        switch try await enqueue(Outbox.Draft(recipient: recipient, text: text, key: key)) {
        case .new(let id, let record):
            return SentMessage(record, id, try await deliver(record, id: id), isResumed: false)
        case .known(.queued(let id, let record)):
            let receipt = record.isDelivered ? nil : try await deliver(record, id: id)
            return SentMessage(record, id, receipt, isResumed: true)
        case .known(.acknowledged(let record)):
            return SentMessage(record)
        }
    }

    /// Forgets that `message` was sent just now: sending the same text again makes another message.
    ///
    /// Call it once the result has reached whoever asked for the message. A message with a key stays known by its key
    /// for as long as swarms keep it: within that time, sending under the same key never makes another.
    public func acknowledge(_ message: SentMessage) async throws {
        let now = clock.now()
        try await store.write { transaction in
            try Outbox.acknowledge(message.id, at: now, in: transaction)
        }
    }

    private enum Queued {
        case new(Timestamp, OutboxRecord)
        case known(Outbox.Known)
    }

    /// The message that `draft` had become before, or a new one, durably queued.
    private func enqueue(_ draft: Outbox.Draft) async throws -> Queued {
        let keys = keys
        let random = random
        let now = clock.now()
        return try await store.write { transaction in
            if let known = try Outbox.known(draft, in: transaction) { return .known(known) }
            let id = try Outbox.uniqueTimestamp(notBefore: now, in: transaction)
            let record = try Outbox.seal(draft, sentAt: id, keys: keys, random: random)
            try Outbox.insert(record, id: id, from: keys.accountID, in: transaction)
            return .new(id, record)
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
