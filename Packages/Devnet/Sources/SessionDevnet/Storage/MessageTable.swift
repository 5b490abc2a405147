import SessionInterfaces
import SessionStorage
import SessionSwarm

/// The messages of one node. All nodes share a store; the node's number begins every key, so that each has its own.
///
/// A message has its place among the messages of its account and namespace by arrival. Its hash, unique at the node,
/// leads there, and so does its expiry, by which the clean-up finds it. Follows protocol document 02, section 6.2.
struct MessageTable: Sendable {
    static let messages = TypedTable<MessageRecord>("devnet.messages")
    static let hashes: StoreTable = "devnet.hashes"
    static let expiries: StoreTable = "devnet.expiries"
    static let arrivals: StoreTable = "devnet.arrivals"
    static let revocations: StoreTable = "devnet.revocations"

    let store: any Store
    let node: UInt16

    /// What became of a message that was to be added.
    struct Kept: Sendable {
        /// When the message goes: never earlier than before.
        let expiry: Timestamp
        let existed: Bool
    }

    /// Keeps `message`, or lengthens the life of the same message. In a public outbox it replaces all others.
    /// - Throws: `QueryFailure` by the outbox rule; `StoreError`.
    func add(
        _ message: MessageRecord, for account: AccountKey, _ namespace: Namespace, outbox: OutboxRule = .newest
    ) async throws -> Kept {
        try await store.write(durability: .relaxed) { transaction in
            try add(message, for: account, namespace, outbox, in: transaction)
        }
    }

    /// What arrived after the message called `hash`; everything when the node does not have that message.
    /// - Parameter direction: Backward gives what arrived before it, newest first.
    func messages(
        of account: AccountKey, _ namespace: Namespace, after hash: MessageHash?, within budget: RetrieveBudget,
        _ direction: ScanDirection = .forward
    ) async throws -> (messages: [MessageRecord], more: Bool) {
        guard !budget.isNothing else { return ([], false) }
        return try await store.read { snapshot in
            let compartment = compartment(account, namespace)
            var range = KeyRange.prefix(compartment)
            if let hash, let last = try snapshot.value(of: hashKey(hash), in: Self.hashes) {
                let last = place(compartment, arrival: try arrival(at: last))
                range =
                    direction == .forward
                    ? KeyRange(from: KeyRange.after(last).lower, upTo: range.upper)
                    : KeyRange(from: range.lower, upTo: last)
            }
            var budget = budget
            var found: [MessageRecord] = []
            var more = false
            try snapshot.scan(Self.messages.table, range, direction) { _, value in
                let message = try MessageRecord(stored: [UInt8](value))
                // One message is always returned, whatever its size.
                more = !budget.take(message.data.count) && !found.isEmpty
                if !more { found.append(message) }
                return more ? .stop : .next
            }
            return (found, more)
        }
    }

    /// When the account's messages among `hashes` expire.
    func expiries(of hashes: [MessageHash], _ account: AccountKey) async throws -> [(MessageHash, Timestamp)] {
        try await store.read { snapshot in
            try hashes.compactMap { hash in
                try place(of: hash, account, in: snapshot)
                    .flatMap { try Self.messages.record(of: $0, in: snapshot) }
                    .map { (hash, $0.expiry) }
            }
        }
    }

    /// Removes what has expired; returns how many messages that were.
    @discardableResult
    func removeExpired(at now: Timestamp) async throws -> Int {
        let range = KeyRange(from: nodeKey, upTo: expiryBound(now + .milliseconds(1)))
        guard try await store.read({ try !$0.entries(Self.expiries, range, limit: 1).isEmpty }) else { return 0 }
        return try await store.write(durability: .relaxed) { transaction in
            let expired = try transaction.entries(Self.expiries, range)
            for entry in expired { try remove(entry.value, in: transaction) }
            for account in try Set(expired.map { try account(at: $0.value) }) {
                try forgetIfEmpty(account, in: transaction)
            }
            return expired.count
        }
    }
}

/// What the database of a real node would have refused.
struct QueryFailure: Error {
    let message: String

    static let foreignKey = QueryFailure(message: "FOREIGN KEY constraint failed")
}

/// A message that a call has found, without its content.
struct FoundMessage: Hashable, Sendable {
    let hash: MessageHash
    let namespace: Namespace
    let expiry: Timestamp
}
