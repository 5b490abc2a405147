import SessionInterfaces
import SessionSwarm

/// Messages of one account and namespace, in order of arrival. Follows protocol document 02, section 4.7.
struct RetrieveCall: StorageCall {
    private let account: AccountKey
    private let namespace: Namespace
    private let lastHash: MessageHash?
    private let budget: RetrieveBudget
    private let signer: Signer?
    private let signedAt: Timestamp?

    init(_ parameters: Parameters) throws(RPCAnswer) {
        account = try parameters.account()
        let named = try parameters.namespace()
        namespace = named ?? .messages
        lastHash = try Self.lastHash(in: parameters)
        budget = try RetrieveBudget(parameters)
        signer = try Signer(parameters, account: account)
        signedAt = try parameters.timestamp("timestamp")
        // Whoever names a private namespace, or begins to sign, has to sign completely.
        let needed = named?.retrieveNeedsSignature ?? (parameters["pubkey_ed25519"] != nil || signedAt != nil)
        if needed || signer != nil {
            _ = try parameters.required("signature")
            _ = try parameters.required("timestamp")
        }
    }

    func answer(at node: StorageNode) async throws -> RPCAnswer {
        try node.requireSwarm(of: account)
        try authenticate(at: node)
        let found = try await node.messages.messages(of: account, namespace, after: lastHash, within: budget)
        return .json(
            node.stamped([
                "messages": .array(found.messages.map(Self.description)), "more": .bool(found.more),
            ]))
    }

    private func authenticate(at node: StorageNode) throws(RPCAnswer) {
        guard let signer, let signedAt else {
            guard !namespace.retrieveNeedsSignature else {
                throw .text(401, "retrieve: request signature required")
            }
            return
        }
        guard node.isNow(signedAt) else { throw .text(406, "retrieve timestamp too far from current time") }
        guard signer.signed(.retrieve(namespace, at: signedAt), for: account, needing: .read) else {
            throw .text(401, "retrieve signature verification failed")
        }
    }

    private static func lastHash(in parameters: Parameters) throws(RPCAnswer) -> MessageHash? {
        guard let text = try parameters.string("last_hash", or: "lastHash"), !text.isEmpty else { return nil }
        guard let hash = MessageHash(text) else { throw .invalid("Invalid last_hash: expected base64 (43 chars)") }
        return hash
    }

    private static func description(_ message: MessageRecord) -> JSONValue {
        [
            "hash": .string(message.hash.text), "timestamp": .integer(message.timestamp.milliseconds),
            "expiration": .integer(message.expiry.milliseconds), "data": .string(Base64.encode(message.data)),
        ]
    }
}

/// How much one `retrieve` may return.
struct RetrieveBudget: Sendable {
    /// Accounting bytes of the largest answer.
    static let fullSize = 7_800_000
    private static let defaultShare = 5
    /// Accounting bytes of a message besides its data: hash and frame.
    private static let overhead = 143

    private(set) var size: Int
    private(set) var count: Int

    init(_ parameters: Parameters) throws(RPCAnswer) {
        let maximumCount = try parameters.integer("max_count") ?? 0
        let maximumSize = try parameters.integer("max_size") ?? 0
        count = maximumCount > 0 ? Int(maximumCount) : .max
        size =
            if maximumSize > 0 {
                min(Int(maximumSize), Self.fullSize)
            } else if maximumSize < 0 {
                Self.fullSize / Int(clamping: maximumSize.magnitude)
            } else {
                maximumCount > 0 ? Self.fullSize : Self.fullSize / Self.defaultShare
            }
    }

    /// Takes a message out of the budget; false when it no longer fits.
    mutating func take(_ dataSize: Int) -> Bool {
        count -= 1
        size -= Self.overhead + 4 * dataSize / 3
        return count >= 0 && size >= 0
    }
}
