import SessionInterfaces
import SessionStorage
import SessionSwarm

/// The tokens that an account has revoked, oldest first. They hang on its messages: without any, nothing is kept.
extension MessageTable {
    /// Revocations that are kept for an account; the oldest fall out.
    static let revocationLimit = 50

    func revokedTokens(of account: AccountKey) async throws -> [SubaccountToken] {
        try await store.read { try revokedTokens(of: account, in: $0) }
    }

    func revoke(_ tokens: [SubaccountToken], of account: AccountKey) async throws {
        try await store.write(durability: .relaxed) { transaction in
            guard try hasMessages(account, in: transaction) else { return }
            let known = try revokedTokens(of: account, in: transaction).filter { !tokens.contains($0) }
            try put(Array((known + tokens).suffix(Self.revocationLimit)), of: account, in: transaction)
        }
    }

    /// Returns how many of the tokens were revoked.
    func unrevoke(_ tokens: [SubaccountToken], of account: AccountKey) async throws -> Int {
        try await store.write(durability: .relaxed) { transaction in
            let known = try revokedTokens(of: account, in: transaction)
            let left = known.filter { !tokens.contains($0) }
            if left.count < known.count { try put(left, of: account, in: transaction) }
            return known.count - left.count
        }
    }

    func revokedTokens(of account: AccountKey, in snapshot: any StoreSnapshot) throws -> [SubaccountToken] {
        let bytes = try snapshot.value(of: accountKey(account), in: Self.revocations) ?? []
        return stride(from: 0, to: bytes.count, by: SubaccountToken.byteCount).compactMap {
            SubaccountToken(bytes: Array(bytes[$0...].prefix(SubaccountToken.byteCount)))
        }
    }

    func put(_ tokens: [SubaccountToken], of account: AccountKey, in transaction: any StoreTransaction) throws {
        if tokens.isEmpty {
            try transaction.remove(accountKey(account), from: Self.revocations)
        } else {
            try transaction.put(tokens.flatMap(\.bytes), for: accountKey(account), in: Self.revocations)
        }
    }
}
