import SessionInterfaces
import SessionStorage

extension MessageTable {
    func add(
        _ message: MessageRecord, for account: AccountKey, _ namespace: Namespace, _ outbox: OutboxRule,
        in transaction: any StoreTransaction
    ) throws -> Kept {
        if let place = try transaction.value(of: hashKey(message.hash), in: Self.hashes) {
            let expiry = try prolong(place, to: message.expiry, in: transaction)
            return Kept(expiry: expiry, existed: true)
        }
        let compartment = compartment(account, namespace)
        if namespace.isPublicOutbox, try !empty(compartment, of: account, for: message, outbox, in: transaction) {
            return Kept(expiry: message.expiry, existed: false)
        }
        let place = place(compartment, arrival: try nextArrival(in: transaction))
        try Self.messages.put(message, for: place, in: transaction)
        try transaction.put(place, for: hashKey(message.hash), in: Self.hashes)
        try transaction.put(place, for: expiryKey(message), in: Self.expiries)
        return Kept(expiry: message.expiry, existed: false)
    }

    /// Makes room in an outbox; false when what is there stays.
    private func empty(
        _ compartment: [UInt8], of account: AccountKey, for message: MessageRecord, _ rule: OutboxRule,
        in transaction: any StoreTransaction
    ) throws -> Bool {
        let replaced = try Self.messages.records(.prefix(compartment), in: transaction)
        guard !replaced.isEmpty else { return true }
        if rule == .newest, replaced.contains(where: { $0.record.timestamp >= message.timestamp }) { return false }
        for entry in replaced { try remove(entry.key, in: transaction) }
        if rule == .latest, try !hasMessages(account, in: transaction) { throw QueryFailure.foreignKey }
        return true
    }

    private func nextArrival(in transaction: any StoreTransaction) throws -> UInt64 {
        let last = try transaction.value(of: nodeKey, in: Self.arrivals).map(arrival) ?? 0
        try transaction.put(place([], arrival: last + 1), for: nodeKey, in: Self.arrivals)
        return last + 1
    }

    private func prolong(
        _ place: [UInt8], to expiry: Timestamp, in transaction: any StoreTransaction
    ) throws -> Timestamp {
        guard let message = try Self.messages.record(of: place, in: transaction) else {
            throw StoreError(.corrupted, "a message of the devnet is missing")
        }
        guard expiry > message.expiry else { return message.expiry }
        try setExpiry(expiry, of: message, at: place, in: transaction)
        return expiry
    }
}
