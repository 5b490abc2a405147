import SessionCrypto
import SessionInterfaces
import SessionMessages
import SessionStorage

/// The messages on their way out, as steps inside a transaction.
enum Outbox {
    struct Draft: Sendable {
        var recipient: AccountID
        var text: String
        var key: String?
    }

    /// The message that `draft` had become before.
    /// - Throws: `MessengerError(.keyInUse)` when its key names another.
    static func known(_ draft: Draft, in snapshot: any StoreSnapshot) throws -> Known? {
        if let key = draft.key, let record = try SentKeys.record(of: key, in: snapshot) {
            try check(draft, against: record.recipient, record.text)
            return .acknowledged(record)
        }
        var found: Known?
        try Tables.outbox.scan(in: snapshot) { key, record in
            guard record.matches(draft) else { return .next }
            try check(draft, against: record.recipient, record.text)
            found = .queued(try Tables.sentAt(ofOutboxKey: key), record)
            return .stop
        }
        return found
    }

    enum Known: Sendable {
        case queued(Timestamp, OutboxRecord)
        case acknowledged(SentKeyRecord)
    }

    private static func check(_ draft: Draft, against recipient: AccountID, _ text: String) throws {
        guard draft.recipient == recipient, draft.text == text else {
            throw MessengerError(.keyInUse, "the key names another message already")
        }
    }

    /// Takes a message out. Its key, if it has one, goes on naming it.
    static func acknowledge(_ id: Timestamp, at now: Timestamp, in transaction: any StoreTransaction) throws {
        let key = Tables.outboxKey(id)
        guard let record = try Tables.outbox.record(of: key, in: transaction) else { return }
        try Tables.outbox.remove(key, in: transaction)
        if let name = record.key {
            let sent = SentKeyRecord(sentAt: id, recipient: record.recipient, text: record.text, hash: record.hash)
            try SentKeys.insert(sent, for: name, in: transaction)
        }
        try SentKeys.prune(at: now, in: transaction)
    }

    /// The time of a new message: `moment`, or the first millisecond after the account's latest message.
    ///
    /// Peers tell messages apart by their sent time, so none may share one. Follows protocol document 01, section 6.1.
    static func uniqueTimestamp(notBefore moment: Timestamp, in transaction: any StoreTransaction) throws -> Timestamp {
        var chosen = moment
        if let latest = try Tables.latestSent(in: transaction), latest >= moment {
            chosen = latest + .milliseconds(1)
        }
        try Tables.setLatestSent(chosen, in: transaction)
        return chosen
    }

    static func seal(
        _ draft: Draft, sentAt: Timestamp, keys: AccountKeys, random: any RandomSource
    ) throws -> OutboxRecord {
        let content = try MessageContent.text(draft.text, sentAt: sentAt)
        let isNoteToSelf = draft.recipient == keys.accountID
        let copy = try MessageContent.text(draft.text, sentAt: sentAt, syncTarget: draft.recipient)
        return OutboxRecord(
            recipient: draft.recipient, text: draft.text, key: draft.key,
            recipientData: try DirectMessage.encode(
                content, from: keys, to: draft.recipient, random: random),
            ownData: isNoteToSelf
                ? nil
                : try DirectMessage.encode(copy, from: keys, to: keys.accountID, random: random),
            isDelivered: false)
    }

    /// Queues `record`, shows it in the history, and marks the own copy as seen, so that polling passes over it.
    static func insert(
        _ record: OutboxRecord, id: Timestamp, from sender: AccountID, in transaction: any StoreTransaction
    ) throws {
        try Tables.outbox.put(record, for: Tables.outboxKey(id), in: transaction)
        try putHistory(record, id: id, from: sender, delivery: .pending, in: transaction)
        if let own = record.ownData ?? (record.recipient == sender ? record.recipientData : nil) {
            let hash = MessageHash.of(account: sender, namespace: .messages, data: own)
            _ = try SeenHashes.insert(hash, expiry: id + MessageLifetime.visible, in: transaction)
        }
    }

    static func markDelivered(
        _ id: Timestamp, _ record: OutboxRecord, from sender: AccountID, in transaction: any StoreTransaction
    ) throws {
        var record = record
        record.isDelivered = true
        try Tables.outbox.put(record, for: Tables.outboxKey(id), in: transaction)
        try putHistory(record, id: id, from: sender, delivery: .stored, in: transaction)
    }

    private static func putHistory(
        _ record: OutboxRecord, id: Timestamp, from sender: AccountID, delivery: HistoryRecord.Delivery,
        in transaction: any StoreTransaction
    ) throws {
        let key = Tables.historyKey(conversation: record.recipient, sentAt: id, sender: sender)
        let entry = HistoryRecord(
            text: record.text, hash: record.hash, recordedAt: id, delivery: delivery,
            senderName: nil)
        try Tables.history.put(entry, for: key, in: transaction)
    }
}
