import SessionInterfaces
import SessionSwarm

/// Keeps a message for an account. Follows protocol document 02, section 4.6.
struct StoreCall: SwarmCall {
    /// Largest message, in bytes.
    static let sizeLimit = 76_800
    private static let clockTolerance = Duration.seconds(10)

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
        guard let timestamp = try parameters.timestamp("timestamp", allowingText: true) else {
            throw .invalid("Required field 'timestamp' missing")
        }
        self.timestamp = timestamp
        account = try parameters.account()
        lifetime = try Self.lifetime(in: parameters, from: timestamp)
        namespace = try parameters.namespace() ?? .messages
        data = try Self.data(in: parameters)
        signer = try Signer(parameters, account: account)
        signedAt = try parameters.timestamp("sig_timestamp") ?? timestamp
        hash = account.messageHash(namespace, data)
    }

    var additions: [String: JSONValue] { ["hash": .string(hash.text)] }

    func check(at node: StorageNode, tolerance: Duration) throws(RPCAnswer) {
        let longest = namespace.isPublicInbox ? Duration.days(14) : .days(30)
        guard (10_000...longest.milliseconds).contains(lifetime) else {
            throw .text(403, "Provided expiry/TTL is not valid.")
        }
        let now = node.network.clock.now()
        guard timestamp <= now + Self.clockTolerance, expiry >= now - Self.clockTolerance else {
            throw .text(406, "Timestamp error: check your clock")
        }
        if !namespace.isPublicInbox { try authenticate(at: node, tolerance: tolerance) }
    }

    private func authenticate(at node: StorageNode, tolerance: Duration) throws(RPCAnswer) {
        guard let signer else {
            throw .text(401, "store: signature required to store to namespace \(namespace.rawValue)")
        }
        guard node.isNow(signedAt, within: tolerance) else {
            throw .text(406, "store signature timestamp too far from current time")
        }
        let rights: SubaccountToken.Rights = namespace.isPublicOutbox ? [.write, .delete] : .write
        guard signer.signed(.store(namespace, at: signedAt), for: account, needing: rights) else {
            throw .text(401, "store signature verification failed")
        }
    }

    func part(at node: StorageNode, flag: JSONValue) async throws -> [String: JSONValue] {
        let message = MessageRecord(hash: hash, timestamp: timestamp, expiry: expiry, data: data)
        let kept = try await node.messages.add(message, for: account, namespace)
        var part: [String: JSONValue] = [
            "hash": .string(hash.text), "expiry": .integer(kept.expiry.milliseconds),
            "signature": .string(node.sign(hash.text)),
        ]
        if kept.existed { part["already"] = flag }
        return part
    }

    /// Only meaningful once `check` has bounded the lifetime; a timestamp near the end of time stays there.
    private var expiry: Timestamp {
        let (sum, overflow) = timestamp.milliseconds.addingReportingOverflow(lifetime)
        return Timestamp(milliseconds: overflow ? .max : sum)
    }

    private static func lifetime(in parameters: Parameters, from timestamp: Timestamp) throws(RPCAnswer) -> Int64 {
        let interval = try parameters.interval("ttl")
        let expiry = try parameters.timestamp("expiry")
        switch (interval, expiry) {
        case (let interval?, nil): return interval
        case (nil, let expiry?): return expiry.milliseconds - timestamp.milliseconds
        case (nil, nil): throw .invalid("Required field 'expiry' or 'ttl' missing")
        case (.some, .some): throw .invalid("Cannot specify both 'expiry' and 'ttl'")
        }
    }

    private static func data(in parameters: Parameters) throws(RPCAnswer) -> [UInt8] {
        guard let text = try parameters.string("data") else { throw .invalid("Required field 'data' missing") }
        guard let data = Base64.decode(text) else { throw .invalid("Invalid 'data' value: not base64 encoded") }
        guard data.count <= sizeLimit else {
            throw .invalid("Message body exceeds maximum allowed length of \(sizeLimit) bytes")
        }
        return data
    }
}
