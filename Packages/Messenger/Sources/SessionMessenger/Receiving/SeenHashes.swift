import SessionInterfaces
import SessionStorage

/// The hashes of stored messages that this account has dealt with, each kept until the message expires.
/// Follows protocol document 01, section 6.1.
enum SeenHashes {
    /// Marks `hash` as seen; false when it already was.
    static func insert(_ hash: MessageHash, expiry: Timestamp, in transaction: any StoreTransaction) throws -> Bool {
        let key = Tables.seenKey(hash)
        guard try transaction.putIfAbsent([], for: key, in: Tables.seen) else { return false }
        try transaction.put([], for: Tables.timedKey(expiry, key), in: Tables.seenByExpiry)
        return true
    }

    /// Forgets at most `limit` hashes whose messages have left the network.
    ///
    /// A margin beyond the expiry covers clocks that differ and messages that linger until a node cleans up.
    static func prune(at now: Timestamp, limit: Int = 200, in transaction: any StoreTransaction) throws {
        let end = Tables.timedKey(now - .days(1))
        for entry in try transaction.entries(Tables.seenByExpiry, KeyRange(upTo: end), limit: limit) {
            try transaction.remove(Tables.key(ofTimedKey: entry.key), from: Tables.seen)
            try transaction.remove(entry.key, from: Tables.seenByExpiry)
        }
    }
}
