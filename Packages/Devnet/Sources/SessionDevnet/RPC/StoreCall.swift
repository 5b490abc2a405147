import SessionInterfaces
import SessionSwarm

/// Keeps a message for an account. Follows protocol document 02, section 4.6.
struct StoreCall: SwarmCall {
    /// Largest message, in bytes.
    static let sizeLimit = 76_800
    private static let clockTolerance = Duration.seconds(10)
    private static let shortestLifetime: Int64 = 10_000

    let account: AccountKey
    private let namespace: Namespace
    private let data: [UInt8]
    private let timestamp: Timestamp
    /// Milliseconds from the message's time to its expiry.
    private let lifetime: Int64
    private let hash: MessageHash
    private let signer: Signer?
    private let signedAt: Timestamp

    init(_ parameters: Parameters) throws(RPCAnswer) {
        try parameters.checkStrings("data")
        let expiry = try parameters.timestamp("expiry")
        namespace = try parameters.namespace() ?? .messages
        try parameters.checkStrings("pubKey", "pubkey", "pubkey_ed25519")
        let signedAt = try parameters.timestamp("sig_timestamp")
        try parameters.checkStrings("signature", "subaccount", "subaccount_sig")
        let timestamp = try parameters.milliseconds("timestamp", Parameters.timestampType)
        let interval = try parameters.milliseconds("ttl", "positive integer")

        guard let timestamp else { throw .missing("timestamp") }
        self.timestamp = Timestamp(milliseconds: timestamp)
        self.signedAt = signedAt ?? self.timestamp
        guard let accountName = try parameters.one(of: "pubkey", "pubKey") else { throw .missing("pubkey") }
        account = try parameters.account(accountName)
        lifetime = try Self.lifetime(interval, expiry, from: self.timestamp)
        data = try Self.data(in: parameters)
        signer = try Signer(parameters, account: account)
        hash = account.messageHash(namespace, data)
    }

    var additions: [String: JSONValue] { ["hash": .string(hash.text)] }
    var ownPartBearsTime: Bool { true }

    func check(at node: StorageNode, forwarded: Bool) async throws {
        let longest = namespace.isPublicInbox ? Duration.days(14) : .days(30)
        guard (Self.shortestLifetime...longest.milliseconds).contains(lifetime),
            !(namespace == .reserved && node.network.generation.reservesNamespace)
        else { throw RPCAnswer.text(403, "Provided expiry/TTL is not valid.") }
        let now = node.now
        guard timestamp <= now + Self.clockTolerance, expiry >= now - Self.clockTolerance else {
            throw RPCAnswer.text(406, "Timestamp error: check your clock")
        }
        if !namespace.isPublicInbox { try await authenticate(at: node, forwarded: forwarded) }
    }

    private func authenticate(at node: StorageNode, forwarded: Bool) async throws {
        guard let signer else {
            throw RPCAnswer.text(401, "store: signature required to store to namespace \(namespace.rawValue)")
        }
        guard node.isNow(signedAt, within: SignatureTime.tolerance(forwarded: forwarded)) else {
            throw RPCAnswer.text(406, "store signature timestamp too far from current time")
        }
        let rights: SubaccountToken.Rights = namespace.isPublicOutbox ? [.write, .delete] : .write
        let text = SignedText.store(namespace, at: signedAt)
        guard try await signer.signed(text, for: account, needing: rights, at: node) else {
            throw RPCAnswer.text(401, "store signature verification failed")
        }
    }

    func part(at node: StorageNode, flag: JSONValue) async throws -> [String: JSONValue] {
        let message = MessageRecord(hash: hash, timestamp: timestamp, expiry: expiry, data: data)
        let kept = try await node.messages.add(
            message, for: account, namespace, outbox: node.network.generation.outboxRule)
        if !kept.existed { node.announce(message, for: account, namespace) }
        var part: [String: JSONValue] = [
            "hash": .string(hash.text), "expiry": .integer(kept.expiry.milliseconds),
            "signature": .string(node.sign(Array(hash.text.utf8))),
        ]
        if kept.existed { part["already"] = flag }
        return part
    }

    /// Only meaningful once `check` has bounded the lifetime; a timestamp near the end of time stays there.
    private var expiry: Timestamp { timestamp + .milliseconds(lifetime) }

    private static func lifetime(
        _ interval: Int64?, _ expiry: Timestamp?, from timestamp: Timestamp
    ) throws(RPCAnswer) -> Int64 {
        switch (interval, expiry) {
        case (let interval?, nil): return interval
        case (nil, let expiry?): return (expiry - timestamp).milliseconds
        case (nil, nil): throw .invalid("Required field 'expiry' or 'ttl' missing")
        case (.some, .some): throw .invalid("Cannot specify both 'expiry' and 'ttl'")
        }
    }

    private static func data(in parameters: Parameters) throws(RPCAnswer) -> [UInt8] {
        guard let value = parameters["data"] else { throw .missing("data") }
        guard let data = value.bytes ?? value.text.flatMap(Base64.decode) else {
            throw .invalid("Invalid 'data' value: not base64 encoded")
        }
        guard data.count <= sizeLimit else {
            throw .invalid("Message body exceeds maximum allowed length of \(sizeLimit) bytes")
        }
        return data
    }
}

extension Namespace {
    /// Where newer servers keep nothing: made for tests.
    static let reserved = Namespace(rawValue: -3741)
}
