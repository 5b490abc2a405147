public import SessionInterfaces

extension StorageRequest {
    /// Keeps `item`. Follows protocol document 02, section 4.6.
    /// - Parameter credential: needed outside of public inboxes. Inside it is not used, for nodes do not look at it.
    /// - Throws: `SwarmError(.invalidRequest)` for data, lifetimes and credentials that nodes would refuse.
    public static func store(
        _ item: StorageItem, credential: SwarmCredential?, signedAt moment: Timestamp
    ) throws(SwarmError) -> StorageRequest {
        try item.validate()
        var parameters: [String: JSONValue] = [
            "pubkey": .string(item.account.hex),
            "namespace": JSONValue(item.namespace),
            "data": .string(Base64.encode(item.data)),
            "timestamp": JSONValue(item.timestamp),
            "ttl": .integer(item.timeToLive.milliseconds),
        ]
        if item.namespace.isPublicInbox { return StorageRequest(method: "store", parameters: parameters) }
        guard let credential else {
            throw SwarmError(.invalidRequest, "storing in namespace \(item.namespace.rawValue) needs a credential")
        }
        parameters["sig_timestamp"] = JSONValue(moment)
        return try signed(
            "store", item.account, .store(item.namespace, at: moment), by: credential,
            needing: item.namespace.isPublicOutbox ? [.write, .delete] : .write, parameters)
    }

    /// Fetches what arrived at a node after `lastHash`. Follows protocol document 02, section 4.7.
    /// - Parameters:
    ///   - share: the answer may take up to one `share`th of the largest possible size; 1 or more.
    ///   - credential: needed wherever `Namespace.retrieveNeedsSignature` says so.
    /// - Throws: `SwarmError(.invalidRequest)` for a missing or foreign credential.
    public static func retrieve(
        _ account: AccountID, _ namespace: Namespace, after lastHash: MessageHash?, share: Int,
        credential: SwarmCredential?, signedAt moment: Timestamp
    ) throws(SwarmError) -> StorageRequest {
        var parameters: [String: JSONValue] = [
            "pubkey": .string(account.hex),
            "namespace": JSONValue(namespace),
            "last_hash": .string(lastHash?.text ?? ""),
            "max_size": .integer(Int64(-max(share, 1))),
        ]
        guard namespace.retrieveNeedsSignature else {
            return StorageRequest(method: "retrieve", parameters: parameters)
        }
        guard let credential else {
            throw SwarmError(.invalidRequest, "retrieving from namespace \(namespace.rawValue) needs a credential")
        }
        parameters["timestamp"] = JSONValue(moment)
        return try signed(
            "retrieve", account, .retrieve(namespace, at: moment), by: credential, needing: .read, parameters)
    }
}
