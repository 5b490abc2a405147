public import SessionInterfaces

/// Only the account's own key may revoke what it has granted. Follows protocol document 02, sections 4.14 and 4.15.
extension StorageRequest {
    /// Tokens of a revocation, most; nodes keep no more for an account either.
    public static let maximumRevocations = 50

    /// Takes away the rights that tokens stand for.
    ///
    /// Nodes forget it when the account's last message goes: keep something stored.
    /// - Throws: `SwarmError(.invalidRequest)` unless there are 1 to 50 tokens, or when the credential is not the
    ///   account's own key.
    public static func revokeSubaccounts(
        _ tokens: [SubaccountToken], of account: AccountID, credential: SwarmCredential, signedAt moment: Timestamp
    ) throws(SwarmError) -> StorageRequest {
        guard (1...maximumRevocations).contains(tokens.count) else {
            throw SwarmError(.invalidRequest, "a revocation has 1 to 50 tokens, not \(tokens.count)")
        }
        return try signedByOwner(
            "revoke_subaccount", account, .revokeSubaccounts(tokens, at: moment), credential,
            ["revoke": JSONValue(tokens), "timestamp": JSONValue(moment)])
    }

    /// Gives rights back.
    /// - Throws: `SwarmError(.invalidRequest)` without tokens, or when the credential is not the account's own key.
    public static func unrevokeSubaccounts(
        _ tokens: [SubaccountToken], of account: AccountID, credential: SwarmCredential, signedAt moment: Timestamp
    ) throws(SwarmError) -> StorageRequest {
        guard !tokens.isEmpty else { throw SwarmError(.invalidRequest, "the request names no token") }
        return try signedByOwner(
            "unrevoke_subaccount", account, .unrevokeSubaccounts(tokens, at: moment), credential,
            ["unrevoke": JSONValue(tokens), "timestamp": JSONValue(moment)])
    }

    /// Asks one node what is revoked. Older nodes do not know the method.
    /// - Throws: `SwarmError(.invalidRequest)` for an account with prefix `05`, which cannot have any, or when the
    ///   credential is not the account's own key.
    public static func revokedSubaccounts(
        of account: AccountID, credential: SwarmCredential, signedAt moment: Timestamp
    ) throws(SwarmError) -> StorageRequest {
        guard account.prefix != .standard else {
            throw SwarmError(.invalidRequest, "nodes list no revocations of accounts, only of groups")
        }
        return try signedByOwner(
            "revoked_subaccounts", account, .revokedSubaccounts(at: moment), credential,
            ["timestamp": JSONValue(moment)])
    }

    private static func signedByOwner(
        _ method: String, _ account: AccountID, _ text: SignedText, _ credential: SwarmCredential,
        _ parameters: [String: JSONValue]
    ) throws(SwarmError) -> StorageRequest {
        guard case .owner = credential else {
            throw SwarmError(.invalidRequest, "only the key of the account itself may do this")
        }
        return try signed(method, account, text, by: credential, needing: [], parameters)
    }
}
