import SessionInterfaces
import SessionStorage

extension MessageTable {
    /// Removes the account's messages among `hashes`; returns which those were, ascending.
    func remove(_ hashes: [MessageHash], of account: AccountKey) async throws -> [MessageHash] {
        try await store.write(durability: .relaxed) { transaction in
            var removed: [MessageHash] = []
            for hash in Set(hashes) {
                guard let place = try place(of: hash, account, in: transaction) else { continue }
                try remove(place, in: transaction)
                removed.append(hash)
            }
            try forgetIfEmpty(account, in: transaction)
            return removed.sorted()
        }
    }

    /// Removes the account's messages in a namespace, or in all; returns which those were, ascending by hash.
    /// - Parameter latest: Messages with a later time stay.
    func removeAll(
        of account: AccountKey, in namespace: Namespace?, datedUpTo latest: Timestamp? = nil
    ) async throws -> [FoundMessage] {
        try await store.write(durability: .relaxed) { transaction in
            var removed: [FoundMessage] = []
            for (place, message) in try Self.messages.records(range(account, namespace), in: transaction) {
                if let latest, message.timestamp > latest { continue }
                try remove(place, in: transaction)
                removed.append(try found(message, at: place))
            }
            try forgetIfEmpty(account, in: transaction)
            return removed.sorted { $0.hash < $1.hash }
        }
    }

    func remove(_ place: [UInt8], in transaction: any StoreTransaction) throws {
        guard let message = try Self.messages.record(of: place, in: transaction) else { return }
        try Self.messages.remove(place, in: transaction)
        try transaction.remove(hashKey(message.hash), from: Self.hashes)
        try transaction.remove(expiryKey(message), from: Self.expiries)
    }

    func hasMessages(_ account: AccountKey, in snapshot: any StoreSnapshot) throws -> Bool {
        var isEmpty = true
        try snapshot.scan(Self.messages.table, range(account, nil), .forward) { _, _ in
            isEmpty = false
            return .stop
        }
        return !isEmpty
    }

    /// An account without messages is none: its revocations go too.
    func forgetIfEmpty(_ account: AccountKey, in transaction: any StoreTransaction) throws {
        if try !hasMessages(account, in: transaction) {
            try transaction.remove(accountKey(account), from: Self.revocations)
        }
    }
}
