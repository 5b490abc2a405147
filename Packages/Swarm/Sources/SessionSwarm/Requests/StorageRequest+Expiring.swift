public import SessionInterfaces

extension StorageRequest {
    /// Changes when messages expire. Nodes allow 30 days from now at most, and take that for more.
    /// Follows protocol document 02, section 4.12.
    /// - Parameters:
    ///   - expiries: one for all messages, or one for each.
    ///   - change: whoever has no right to delete may only `.extend`.
    /// - Throws: `SwarmError(.invalidRequest)` without hashes, for another number of expiries, or for a credential that
    ///   does not serve.
    public static func expire(
        _ hashes: [MessageHash], of account: AccountID, at expiries: [Timestamp], _ change: SignedText.ExpiryChange,
        credential: SwarmCredential
    ) throws(SwarmError) -> StorageRequest {
        try requireSome(hashes)
        guard expiries.count == 1 || expiries.count == hashes.count else {
            throw SwarmError(
                .invalidRequest, "there are \(expiries.count) expiries for \(hashes.count) messages, not one for each")
        }
        var parameters: [String: JSONValue] = [
            "messages": JSONValue(hashes),
            "expiry": expiries.count == 1 ? JSONValue(expiries[0]) : .array(expiries.map { JSONValue($0) }),
        ]
        if change != .set { parameters[change.rawValue] = true }
        return try signed(
            "expire", account, .expire(change, expiries, hashes), by: credential,
            needing: change == .extend ? .write : [.write, .delete], parameters)
    }

    /// Lets everything in one namespace, or in all, expire at `expiry` if it would do so later.
    /// Follows protocol document 02, section 4.11.
    /// - Throws: `SwarmError(.invalidRequest)` for a credential that does not serve.
    public static func expireAll(
        _ scope: SignedText.Scope, of account: AccountID, at expiry: Timestamp, credential: SwarmCredential
    ) throws(SwarmError) -> StorageRequest {
        try signed(
            "expire_all", account, .expireAll(scope, expiry), by: credential, needing: .delete,
            ["namespace": JSONValue(scope), "expiry": JSONValue(expiry)])
    }

    /// Asks one node when messages expire. Follows protocol document 02, section 4.13.
    /// - Throws: `SwarmError(.invalidRequest)` without hashes, or for a credential that does not serve.
    public static func getExpiries(
        _ hashes: [MessageHash], of account: AccountID, credential: SwarmCredential, signedAt moment: Timestamp
    ) throws(SwarmError) -> StorageRequest {
        try requireSome(hashes)
        return try signed(
            "get_expiries", account, .getExpiries(hashes, at: moment), by: credential, needing: .read,
            ["messages": JSONValue(hashes), "timestamp": JSONValue(moment)])
    }
}
