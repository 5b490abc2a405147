public import SessionInterfaces

/// One call of the storage RPC: a method and its parameters. Follows protocol document 02, section 4.1.
public struct StorageRequest: Hashable, Sendable {
    public let method: String
    public let parameters: [String: JSONValue]

    public init(method: String, parameters: [String: JSONValue] = [:]) {
        self.method = method
        self.parameters = parameters
    }

    var value: JSONValue {
        ["method": .string(method), "params": .object(parameters)]
    }

    /// The call as JSON with sorted keys: the same call always has the same bytes.
    /// - Throws: `SwarmError(.invalidRequest)` for numbers that JSON does not have.
    public func document() throws(SwarmError) -> [UInt8] {
        try JSONDocument.encode(value)
    }
}

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
            "namespace": .integer(Int64(item.namespace.rawValue)),
            "data": .string(Base64.encode(item.data)),
            "timestamp": .integer(item.timestamp.milliseconds),
            "ttl": .integer(item.timeToLive.milliseconds),
        ]
        if !item.namespace.isPublicInbox {
            guard let credential else {
                throw SwarmError(
                    .invalidRequest, "storing in namespace \(item.namespace.rawValue) needs a credential")
            }
            let proof = try credential.parameters(
                for: item.account, signing: .store(item.namespace, at: moment))
            parameters.merge(proof) { _, new in new }
            parameters["sig_timestamp"] = .integer(moment.milliseconds)
        }
        return StorageRequest(method: "store", parameters: parameters)
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
            "namespace": .integer(Int64(namespace.rawValue)),
            "last_hash": .string(lastHash?.text ?? ""),
            "max_size": .integer(Int64(-share)),
        ]
        if namespace.retrieveNeedsSignature {
            guard let credential else {
                throw SwarmError(
                    .invalidRequest, "retrieving from namespace \(namespace.rawValue) needs a credential")
            }
            let proof = try credential.parameters(for: account, signing: .retrieve(namespace, at: moment))
            parameters.merge(proof) { _, new in new }
            parameters["timestamp"] = .integer(moment.milliseconds)
        }
        return StorageRequest(method: "retrieve", parameters: parameters)
    }

    /// Calls of a `batch`, least and most.
    public static let batchSizes = 1...20

    /// Several calls at once; their answers come in the same order. Follows protocol document 02, section 4.18.
    /// - Throws: `SwarmError(.invalidRequest)` unless there are 1 to 20.
    public static func batch(_ requests: [StorageRequest]) throws(SwarmError) -> StorageRequest {
        guard batchSizes.contains(requests.count) else {
            throw SwarmError(.invalidRequest, "a batch has 1 to 20 requests, not \(requests.count)")
        }
        return StorageRequest(method: "batch", parameters: ["requests": .array(requests.map(\.value))])
    }

    /// A question that the node passes on to its chain daemon. Follows protocol document 02, section 4.17.
    public static func oxend(_ endpoint: OxendEndpoint, parameters: JSONValue = [:]) -> StorageRequest {
        StorageRequest(
            method: "oxend_request",
            parameters: ["endpoint": .string(endpoint.rawValue), "params": parameters])
    }
}

/// The questions that nodes pass on to their chain daemons.
public enum OxendEndpoint: String, Hashable, Sendable, CaseIterable {
    case getServiceNodes = "get_service_nodes"
    case resolveName = "ons_resolve"
}
