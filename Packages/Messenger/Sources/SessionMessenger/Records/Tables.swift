import SessionCrypto
import SessionInterfaces
import SessionStorage

/// Everything that an account keeps, table by table. Timestamps in keys are eight bytes, so that they sort.
enum Tables {
    /// The account's own secret; one record, under an empty name.
    static let account = TypedTable<AccountRecord>("account")
    /// Conversation, sent time, sender → message.
    static let history = TypedTable<HistoryRecord>("history")
    /// Sequence → key in `history`: what nobody has been shown yet.
    static let arrivals: StoreTable = "arrivals"
    /// Sent time → message on its way out.
    static let outbox = TypedTable<OutboxRecord>("outbox")
    /// The caller's own key → acknowledged message.
    static let sentKeys = TypedTable<SentKeyRecord>("sent_keys")
    /// Sent time, key → nothing: the order in which keys may be forgotten.
    static let sentKeysByTime: StoreTable = "sent_keys_by_time"
    /// Node, namespace → up to where it has been read.
    static let cursors = TypedTable<CursorRecord>("cursors")
    /// Message hash → nothing.
    static let seen: StoreTable = "seen"
    /// Expiry, message hash → nothing: the order in which hashes may be forgotten.
    static let seenByExpiry: StoreTable = "seen_by_expiry"
    /// Single values, by name.
    static let state: StoreTable = "state"
}

// MARK: - Keys

extension Tables {
    static let accountKey = Array("identity".utf8)

    static func historyKey(conversation: AccountID, sentAt: Timestamp, sender: AccountID) -> [UInt8] {
        key {
            $0.fixed(conversation.bytes)
            $0.integer(sentAt.milliseconds)
            $0.fixed(sender.bytes)
        }
    }

    static func parts(ofHistoryKey key: [UInt8]) throws -> (AccountID, Timestamp, AccountID) {
        var reader = KeyReader(key)
        return (try reader.account(), try reader.timestamp(), try reader.account())
    }

    /// A conversation's messages, those sent before `moment` if it is given.
    static func historyRange(conversation: AccountID, before moment: Timestamp?) -> KeyRange {
        guard let moment else { return .prefix(conversation.bytes) }
        return KeyRange(
            from: conversation.bytes,
            upTo: key {
                $0.fixed(conversation.bytes)
                $0.integer(moment.milliseconds)
            })
    }

    static func outboxKey(_ sentAt: Timestamp) -> [UInt8] {
        key { $0.integer(sentAt.milliseconds) }
    }

    static func sentAt(ofOutboxKey key: [UInt8]) throws -> Timestamp {
        var reader = KeyReader(key)
        return try reader.timestamp()
    }

    static func cursorKey(_ node: Ed25519PublicKey, _ namespace: Namespace) -> [UInt8] {
        key {
            $0.fixed(node.bytes.bytes)
            $0.integer(namespace.rawValue)
        }
    }

    static func seenKey(_ hash: MessageHash) -> [UInt8] { Array(hash.text.utf8) }

    /// Callers' keys may be of any length; their hashes are not.
    static func sentKey(_ key: String) -> [UInt8] { BLAKE2b.hash32(Array(key.utf8)).bytes }

    /// For tables in order of time: a moment, then the key of another table.
    static func timedKey(_ moment: Timestamp, _ other: [UInt8] = []) -> [UInt8] {
        key {
            $0.integer(moment.milliseconds)
            $0.fixed(other)
        }
    }

    static func key(ofTimedKey key: [UInt8]) throws -> [UInt8] {
        var reader = KeyReader(key)
        _ = try reader.timestamp()
        return reader.rest()
    }

    private static func key(_ build: (inout KeyWriter) -> Void) -> [UInt8] {
        var writer = KeyWriter()
        build(&writer)
        return writer.key
    }
}

extension KeyReader {
    fileprivate mutating func timestamp() throws -> Timestamp { Timestamp(milliseconds: try integer()) }

    fileprivate mutating func account() throws -> AccountID {
        do {
            return try AccountID(bytes: fixed(AccountID.byteCount))
        } catch {
            throw StoreError(.corrupted, "a key of the history names no account", underlying: error)
        }
    }
}

// MARK: - Single values and queues

extension Tables {
    private static let latestSentKey = Array("latest_sent".utf8)

    /// The time of the account's latest message.
    static func latestSent(in snapshot: any StoreSnapshot) throws -> Timestamp? {
        try snapshot.value(of: latestSentKey, in: state).map { try sentAt(ofOutboxKey: $0) }
    }

    static func setLatestSent(_ moment: Timestamp, in transaction: any StoreTransaction) throws {
        try transaction.put(outboxKey(moment), for: latestSentKey, in: state)
    }

    /// Puts a message at the end of the queue of arrivals.
    static func appendArrival(of historyKey: [UInt8], in transaction: any StoreTransaction) throws {
        let last = try transaction.entries(arrivals, .all, .backward, limit: 1).first
        var reader = KeyReader(last?.key ?? key { $0.integer(UInt64.zero) })
        let sequence = try reader.integer(UInt64.self) + 1
        try transaction.put(historyKey, for: key { $0.integer(sequence) }, in: arrivals)
    }
}
