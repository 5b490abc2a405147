import SessionInterfaces
import SessionMessages
import SessionStorage

/// The keys of acknowledged messages, each kept for as long as a swarm keeps the message, so that a caller who is not
/// sure may send under the same key again.
enum SentKeys {
    static func record(of key: String, in snapshot: any StoreSnapshot) throws -> SentKeyRecord? {
        try Tables.sentKeys.record(of: Tables.sentKey(key), in: snapshot)
    }

    static func insert(_ record: SentKeyRecord, for key: String, in transaction: any StoreTransaction) throws {
        let key = Tables.sentKey(key)
        try Tables.sentKeys.put(record, for: key, in: transaction)
        try transaction.put([], for: Tables.timedKey(record.sentAt, key), in: Tables.sentKeysByTime)
    }

    static func prune(at now: Timestamp, limit: Int = 200, in transaction: any StoreTransaction) throws {
        let end = Tables.timedKey(now - MessageLifetime.visible)
        for entry in try transaction.entries(Tables.sentKeysByTime, KeyRange(upTo: end), limit: limit) {
            try Tables.sentKeys.remove(Tables.key(ofTimedKey: entry.key), in: transaction)
            try transaction.remove(entry.key, from: Tables.sentKeysByTime)
        }
    }
}
