import SessionInterfaces
import SessionStorage

/// The messages of one node. All nodes share a store; the node's number begins every key, so that each has its own.
///
/// A message has its place among the messages of its account and namespace by arrival. Its hash, unique at the node,
/// leads there, and so does its expiry, by which the clean-up finds it.
struct MessageTable: Sendable {
    static let messages = TypedTable<MessageRecord>("devnet.messages")
    static let hashes: StoreTable = "devnet.hashes"
    static let expiries: StoreTable = "devnet.expiries"
    static let arrivals: StoreTable = "devnet.arrivals"

    let store: any Store
    let node: UInt16

    /// What became of a message that was to be added.
    struct Kept: Sendable {
        /// When the message goes: never earlier than before.
        let expiry: Timestamp
        let existed: Bool
    }

    /// Keeps `message`, or lengthens the life of the same message. In a public outbox it replaces all others.
    func add(_ message: MessageRecord, for account: AccountKey, _ namespace: Namespace) async throws -> Kept {
        try await store.write(durability: .relaxed) { transaction in
            if let place = try transaction.value(of: hashKey(message.hash), in: Self.hashes) {
                let expiry = try prolong(place, to: message.expiry, in: transaction)
                return Kept(expiry: expiry, existed: true)
            }
            let compartment = compartment(account, namespace)
            if namespace.isPublicOutbox { try removeAll(.prefix(compartment), in: transaction) }
            let place = place(compartment, arrival: try nextArrival(in: transaction))
            try Self.messages.put(message, for: place, in: transaction)
            try transaction.put(place, for: hashKey(message.hash), in: Self.hashes)
            try transaction.put(place, for: expiryKey(message), in: Self.expiries)
            return Kept(expiry: message.expiry, existed: false)
        }
    }

    /// What arrived after the message called `hash`; everything when the node does not have that message.
    func messages(
        of account: AccountKey, _ namespace: Namespace, after hash: MessageHash?, within budget: RetrieveBudget
    ) async throws -> (messages: [MessageRecord], more: Bool) {
        try await store.read { snapshot in
            let compartment = compartment(account, namespace)
            var range = KeyRange.prefix(compartment)
            if let hash, let last = try snapshot.value(of: hashKey(hash), in: Self.hashes) {
                let last = place(compartment, arrival: try arrival(at: last))
                range = KeyRange(from: KeyRange.after(last).lower, upTo: range.upper)
            }
            var budget = budget
            var found: [MessageRecord] = []
            var more = false
            try Self.messages.scan(range, in: snapshot) { _, message in
                // One message is always returned, whatever its size.
                more = !budget.take(message.data.count) && !found.isEmpty
                if !more { found.append(message) }
                return more ? .stop : .next
            }
            return (found, more)
        }
    }

    /// Removes what has expired; returns how many messages that were.
    @discardableResult
    func removeExpired(at now: Timestamp) async throws -> Int {
        try await store.write(durability: .relaxed) { transaction in
            let range = KeyRange(from: nodeKey, upTo: expiryBound(now + .milliseconds(1)))
            let expired = try transaction.entries(Self.expiries, range)
            for entry in expired { try remove(entry.value, in: transaction) }
            return expired.count
        }
    }
}

extension MessageTable {
    private func nextArrival(in transaction: any StoreTransaction) throws -> UInt64 {
        let last = try transaction.value(of: nodeKey, in: Self.arrivals).map(arrival) ?? 0
        try transaction.put(place([], arrival: last + 1), for: nodeKey, in: Self.arrivals)
        return last + 1
    }

    private func prolong(
        _ place: [UInt8], to expiry: Timestamp, in transaction: any StoreTransaction
    ) throws -> Timestamp {
        guard var message = try Self.messages.record(of: place, in: transaction) else {
            throw StoreError(.corrupted, "a message of the devnet is missing")
        }
        guard expiry > message.expiry else { return message.expiry }
        try transaction.remove(expiryKey(message), from: Self.expiries)
        message.expiry = expiry
        try Self.messages.put(message, for: place, in: transaction)
        try transaction.put(place, for: expiryKey(message), in: Self.expiries)
        return expiry
    }

    private func removeAll(_ range: KeyRange, in transaction: any StoreTransaction) throws {
        for entry in try transaction.entries(Self.messages.table, range) {
            try remove(entry.key, in: transaction)
        }
    }

    private func remove(_ place: [UInt8], in transaction: any StoreTransaction) throws {
        guard let message = try Self.messages.record(of: place, in: transaction) else { return }
        try Self.messages.remove(place, in: transaction)
        try transaction.remove(hashKey(message.hash), from: Self.hashes)
        try transaction.remove(expiryKey(message), from: Self.expiries)
    }
}
