import SessionInterfaces

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
    /// A request about an account, signed in the right of `credential`.
    static func signed(
        _ method: String, _ account: AccountID, _ text: SignedText, by credential: SwarmCredential,
        needing rights: SubaccountToken.Rights, _ parameters: [String: JSONValue]
    ) throws(SwarmError) -> StorageRequest {
        let proof = try credential.parameters(for: account, signing: text, needing: rights)
        var all = parameters.merging(proof) { _, new in new }
        all["pubkey"] = .string(account.hex)
        return StorageRequest(method: method, parameters: all)
    }

    /// Calls of a `batch` or a `sequence`, least and most.
    public static let batchSizes = 1...20

    /// Several calls at once; their answers come in the same order. Follows protocol document 02, section 4.18.
    /// - Throws: `SwarmError(.invalidRequest)` unless there are 1 to 20, none of them a batch itself.
    public static func batch(_ requests: [StorageRequest]) throws(SwarmError) -> StorageRequest {
        try several("batch", requests)
    }

    /// Several calls, one after the other, until one fails; that one's answer is the last.
    /// Follows protocol document 02, section 4.18.
    /// - Throws: `SwarmError(.invalidRequest)` unless there are 1 to 20, none of them a batch itself.
    public static func sequence(_ requests: [StorageRequest]) throws(SwarmError) -> StorageRequest {
        try several("sequence", requests)
    }

    private static func several(_ method: String, _ requests: [StorageRequest]) throws(SwarmError) -> StorageRequest {
        guard batchSizes.contains(requests.count) else {
            throw SwarmError(.invalidRequest, "a \(method) has 1 to 20 requests, not \(requests.count)")
        }
        guard !requests.contains(where: { ["batch", "sequence", "ifelse"].contains($0.method) }) else {
            throw SwarmError(.invalidRequest, "a \(method) has plain requests only")
        }
        return StorageRequest(method: method, parameters: ["requests": .array(requests.map(\.value))])
    }
}

extension JSONValue {
    init(_ moment: Timestamp) { self = .integer(moment.milliseconds) }

    init(_ namespace: Namespace) { self = .integer(Int64(namespace.rawValue)) }

    init(_ hashes: [MessageHash]) { self = .array(hashes.map { .string($0.text) }) }

    init(_ tokens: [SubaccountToken]) { self = .array(tokens.map { .string(Base64.encode($0.bytes)) }) }

    init(_ scope: SignedText.Scope) {
        switch scope {
        case .namespace(let namespace): self.init(namespace)
        case .all: self = "all"
        }
    }
}
