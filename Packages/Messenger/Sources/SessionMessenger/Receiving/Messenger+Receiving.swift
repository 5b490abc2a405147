import SessionInterfaces
import SessionMessages
import SessionStorage
import SessionSwarm

extension Messenger {
    /// Fetches everything new from the account's swarm.
    ///
    /// Each message is written together with the mark that it was seen and its place in the queue of arrivals, so a
    /// process that ends in between neither loses nor repeats it.
    /// - Throws: `SwarmError` or `RouterError` when no node answers, `StoreError`.
    public func poll() async throws -> PollReport {
        var report = PollReport()
        var hasMore = true
        while hasMore {
            let answer = try await swarm.retrieve(
                accountID, [.messages], credential: .owner(keys.ed25519), since: cursor)
            report.node = answer.node
            report.path = answer.path
            hasMore = false
            for batch in answer.batches {
                report.count(.wrongHash, times: batch.rejected)
                try await record(batch, from: answer.node.ed25519Key, into: &report)
                // A node that promises more without giving anything would keep us here for ever.
                hasMore = hasMore || (batch.more && batch.cursor != nil)
            }
        }
        return report
    }

    /// The oldest messages that arrived and were not acknowledged, in order of arrival.
    public func arrivals(limit: Int = 100) async throws -> [Arrival] {
        try await store.read { snapshot in
            try snapshot.entries(Tables.arrivals, limit: limit).compactMap { entry in
                // A history entry may have been removed since; its arrival then means nothing.
                guard let record = try Tables.history.record(of: entry.value, in: snapshot) else { return nil }
                return Arrival(queueKey: entry.key, message: try HistoryEntry(key: entry.value, record: record))
            }
        }
    }

    /// Takes arrivals off the queue, once they have reached whoever waits for them.
    public func acknowledge(_ arrivals: [Arrival]) async throws {
        guard !arrivals.isEmpty else { return }
        try await store.write { transaction in
            for arrival in arrivals { try transaction.remove(arrival.queueKey, from: Tables.arrivals) }
        }
    }

    private func cursor(_ node: Ed25519PublicKey, _ namespace: Namespace) async throws -> MessageHash? {
        let now = clock.now()
        return try await store.read { snapshot in
            let record = try Tables.cursors.record(of: Tables.cursorKey(node, namespace), in: snapshot)
            return record.flatMap { $0.expiry > now ? $0.hash : nil }
        }
    }

    private func record(
        _ batch: RetrievedBatch, from node: Ed25519PublicKey, into report: inout PollReport
    ) async throws {
        guard let cursor = batch.cursor else { return }
        let keys = keys
        let now = clock.now()
        let hashes = batch.messages.map(\.hash)
        let unseen = try await store.read { snapshot in
            try hashes.map { try snapshot.value(of: Tables.seenKey($0), in: Tables.seen) == nil }
        }
        // Decryption is the costly part: it happens outside the transaction, and only for what is new.
        let found = zip(batch.messages, unseen).filter(\.1).map(\.0)
        let meanings = found.map { Inbox.interpret($0.data, for: keys) }
        let added = try await store.write { transaction in
            let added = try zip(found, meanings).map { stored, meaning in
                try Self.apply(meaning, of: stored, at: now, in: transaction)
            }
            try Tables.cursors.put(
                CursorRecord(cursor), for: Tables.cursorKey(node, batch.namespace), in: transaction)
            try SeenHashes.prune(at: now, in: transaction)
            return added
        }
        report.count(meanings, added: added)
    }

    /// Writes what one message means; says whether it is new to the account.
    private static func apply(
        _ meaning: Inbox.Meaning, of stored: StoredMessage, at now: Timestamp, in transaction: any StoreTransaction
    ) throws -> Bool {
        guard try SeenHashes.insert(stored.hash, expiry: stored.expiry, in: transaction) else { return false }
        let text: Inbox.Text
        let isIncoming: Bool
        switch meaning {
        case .incoming(let incoming): (text, isIncoming) = (incoming, true)
        case .ownCopy(let copy): (text, isIncoming) = (copy, false)
        case .unshown, .refused: return true
        }
        let key = Tables.historyKey(conversation: text.conversation, sentAt: text.sentAt, sender: text.sender)
        let record = HistoryRecord(
            text: text.text, hash: stored.hash, recordedAt: now, delivery: .stored, senderName: text.senderName)
        // The same sender and sent time is the same message, however often it was stored.
        guard try Tables.history.putIfAbsent(record, for: key, in: transaction) else { return false }
        if isIncoming { try Tables.appendArrival(of: key, in: transaction) }
        return true
    }
}
