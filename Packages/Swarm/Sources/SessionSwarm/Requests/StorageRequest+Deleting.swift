public import SessionInterfaces

extension StorageRequest {
    /// Deletes messages, in whichever namespaces they are. The signature bears no time: the request can be made ahead.
    /// Follows protocol document 02, section 4.8.
    /// - Parameter isRequired: the answer's status is 404 when no member has any of them.
    /// - Throws: `SwarmError(.invalidRequest)` without hashes, or for a credential that does not serve.
    public static func delete(
        _ hashes: [MessageHash], of account: AccountID, isRequired: Bool = false, credential: SwarmCredential
    ) throws(SwarmError) -> StorageRequest {
        try requireSome(hashes)
        var parameters: [String: JSONValue] = ["messages": JSONValue(hashes)]
        if isRequired { parameters["required"] = true }
        return try signed("delete", account, .delete(hashes), by: credential, needing: .delete, parameters)
    }

    /// Deletes everything in one namespace, or in all. Follows protocol document 02, section 4.9.
    /// - Throws: `SwarmError(.invalidRequest)` for a credential that does not serve.
    public static func deleteAll(
        _ scope: SignedText.Scope, of account: AccountID, credential: SwarmCredential, signedAt moment: Timestamp
    ) throws(SwarmError) -> StorageRequest {
        try signed(
            "delete_all", account, .deleteAll(scope, at: moment), by: credential, needing: .delete,
            ["namespace": JSONValue(scope), "timestamp": JSONValue(moment)])
    }

    /// Deletes what was stored in `namespace` with a timestamp up to `moment`.
    ///
    /// There is no form for all namespaces: nodes of version 2.8 do the deed and then answer with an error.
    /// Follows protocol document 02, sections 4.10 and 10.
    /// - Throws: `SwarmError(.invalidRequest)` for a credential that does not serve.
    public static func deleteBefore(
        _ moment: Timestamp, in namespace: Namespace, of account: AccountID, credential: SwarmCredential
    ) throws(SwarmError) -> StorageRequest {
        try signed(
            "delete_before", account, .deleteBefore(.namespace(namespace), moment), by: credential, needing: .delete,
            ["namespace": JSONValue(namespace), "before": JSONValue(moment)])
    }

    static func requireSome(_ hashes: [MessageHash]) throws(SwarmError) {
        guard !hashes.isEmpty else { throw SwarmError(.invalidRequest, "the request names no message") }
    }
}
