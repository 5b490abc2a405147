import SessionInterfaces
import SessionSwarm

/// Messages of one account and namespace, in order of arrival. Follows protocol document 02, section 4.7.
struct RetrieveCall: StorageCall {
    private let account: AccountKey
    private let namespace: Namespace
    private let lastHash: MessageHash?
    private let budget: RetrieveBudget
    private let isReversed: Bool
    private let signer: Signer?
    private let signedAt: Timestamp

    init(_ parameters: Parameters) throws(RPCAnswer) {
        try parameters.checkStrings("lastHash", "last_hash")
        budget = try RetrieveBudget(parameters)
        let named = try parameters.namespace()
        namespace = named ?? .messages
        try parameters.checkStrings("pubKey", "pubkey", "pubkey_ed25519")
        isReversed = try parameters.flag("reverse_direction") ?? false
        try parameters.checkStrings("signature", "subaccount", "subaccount_sig")
        let signedAt = try parameters.timestamp("timestamp")

        guard let accountName = try parameters.one(of: "pubkey", "pubKey") else { throw .missing("pubkey") }
        account = try parameters.account(accountName)
        lastHash = try Self.lastHash(in: parameters)
        // Whoever names a private namespace, or begins to sign, has to sign completely.
        if named?.retrieveNeedsSignature ?? false || parameters.has("pubkey_ed25519") || signedAt != nil {
            try parameters.require("signature")
        }
        signer = try Signer(parameters, account: account)
        // Servers of every generation take a missing time for zero.
        self.signedAt = signedAt ?? Timestamp(milliseconds: 0)
    }

    func answer(at node: StorageNode) async throws -> RPCAnswer {
        try node.requireSwarm(of: account)
        if namespace == .reserved, node.network.generation.reservesNamespace {
            return .json(node.stamped(["messages": [], "more": false]))
        }
        try await authenticate(at: node)
        let found = try await node.messages.messages(
            of: account, namespace, after: lastHash, within: budget,
            isReversed ? .backward : .forward)
        return .json(
            node.stamped([
                "messages": .array(found.messages.map(Self.description)), "more": .bool(found.more),
            ]))
    }

    private func authenticate(at node: StorageNode) async throws {
        guard let signer else {
            guard !namespace.retrieveNeedsSignature else {
                throw RPCAnswer.text(401, "retrieve: request signature required")
            }
            return
        }
        guard node.isNow(signedAt) else {
            throw RPCAnswer.text(406, "retrieve timestamp too far from current time")
        }
        let text = SignedText.retrieve(namespace, at: signedAt)
        let isSigned =
            if namespace.isUnrevocable {
                signer.signed(text, for: account, needing: .read)
            } else {
                try await signer.signed(text, for: account, needing: .read, at: node)
            }
        guard isSigned else { throw RPCAnswer.text(401, "retrieve signature verification failed") }
    }

    private static func lastHash(in parameters: Parameters) throws(RPCAnswer) -> MessageHash? {
        guard let name = try parameters.one(of: "last_hash", "lastHash"), let text = parameters[name]?.text,
            !text.isEmpty
        else { return nil }
        guard let hash = MessageHash(text) else { throw .invalid("Invalid last_hash: expected base64 (43 chars)") }
        return hash
    }

    static func description(_ message: MessageRecord) -> JSONValue {
        // The encoder of real servers pads even nothing.
        let data = message.data.isEmpty ? "=" : Base64.encode(message.data)
        return [
            "hash": .string(message.hash.text), "timestamp": .integer(message.timestamp.milliseconds),
            "expiration": .integer(message.expiry.milliseconds), "data": .string(data),
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
        count = maximumCount == 0 ? .max : Int(max(0, maximumCount))
        size =
            if maximumSize > 0 {
                min(Int(maximumSize), Self.fullSize)
            } else if maximumSize < 0 {
                Self.fullSize / Int(clamping: maximumSize.magnitude)
            } else {
                maximumCount == 0 ? Self.fullSize / Self.defaultShare : Self.fullSize
            }
    }

    /// Nothing may be returned, whatever there is.
    var isNothing: Bool { count == 0 }

    /// Takes a message out of the budget; false when it no longer fits.
    mutating func take(_ dataSize: Int) -> Bool {
        count -= 1
        size -= Self.overhead + 4 * dataSize / 3
        return count >= 0 && size >= 0
    }
}
