import SessionInterfaces
import SessionStorage
import SessionSwarm

/// When an expiry may change.
struct ExpiryRule: Sendable {
    let change: SignedText.ExpiryChange
    let ignoresSlightExtension: Bool

    private static let longestLifetime = Duration.days(30)
    private static let leastShare: Int64 = 100

    func lets(_ message: MessageRecord, expireAt expiry: Timestamp) -> Bool {
        switch change {
        case .set: return true
        case .shorten: return expiry < message.expiry
        case .extend:
            guard expiry > message.expiry else { return false }
            guard ignoresSlightExtension else { return true }
            let lifetime = min(message.expiry - message.timestamp, Self.longestLifetime)
            return (expiry - message.expiry).milliseconds >= lifetime.milliseconds / Self.leastShare
        }
    }
}

/// What a change of expiries came to, ascending by hash. Messages that a node does not have are in neither.
struct ExpiryOutcome: Sendable {
    var updated: [(hash: MessageHash, expiry: Timestamp)] = []
    var unchanged: [(hash: MessageHash, expiry: Timestamp)] = []
}

extension MessageTable {
    func expire(
        _ wanted: [MessageHash: Timestamp], of account: AccountKey, by rule: ExpiryRule
    ) async throws -> ExpiryOutcome {
        try await store.write(durability: .relaxed) { transaction in
            var outcome = ExpiryOutcome()
            for (hash, expiry) in wanted.sorted(by: { $0.key < $1.key }) {
                guard let place = try place(of: hash, account, in: transaction),
                    let message = try Self.messages.record(of: place, in: transaction)
                else { continue }
                if rule.lets(message, expireAt: expiry) {
                    try setExpiry(expiry, of: message, at: place, in: transaction)
                    outcome.updated.append((hash, expiry))
                } else {
                    outcome.unchanged.append((hash, message.expiry))
                }
            }
            return outcome
        }
    }

    /// Lets the account's messages in a namespace, or in all, expire at `expiry` unless they do so earlier; returns
    /// which changed, ascending by hash.
    func shortenAll(
        of account: AccountKey, in namespace: Namespace?, to expiry: Timestamp
    ) async throws -> [FoundMessage] {
        try await store.write(durability: .relaxed) { transaction in
            var updated: [FoundMessage] = []
            for (place, message) in try Self.messages.records(range(account, namespace), in: transaction)
            where message.expiry > expiry {
                try setExpiry(expiry, of: message, at: place, in: transaction)
                updated.append(try found(message, at: place))
            }
            return updated.sorted { $0.hash < $1.hash }
        }
    }

    func setExpiry(
        _ expiry: Timestamp, of message: MessageRecord, at place: [UInt8], in transaction: any StoreTransaction
    ) throws {
        try transaction.remove(expiryKey(message), from: Self.expiries)
        var message = message
        message.expiry = expiry
        try Self.messages.put(message, for: place, in: transaction)
        try transaction.put(place, for: expiryKey(message), in: Self.expiries)
    }
}
