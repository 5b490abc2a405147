public import SessionInterfaces

/// A message that has just arrived for an account, as a node tells its subscribers.
/// Follows protocol document 02, section 4.20.
public struct MonitorNotification: Hashable, Sendable {
    public let account: AccountID
    public let namespace: Namespace
    public let hash: MessageHash
    public let timestamp: Timestamp
    public let expiry: Timestamp
    /// Nil unless the subscription asked for it. `isGenuine` says whether the hash proves it.
    public let data: [UInt8]?

    /// - Throws: `SwarmError(.malformedAnswer)`.
    public init(decoding bytes: [UInt8]) throws(SwarmError) {
        guard let message = Bencoded(bytes, tolerating: .deployed),
            let account = message["@"]?.bytes.flatMap({ try? AccountID(bytes: $0) }),
            let hash = message["h"]?.bytes.flatMap({ MessageHash(String(decoding: $0, as: UTF8.self)) }),
            let namespace = message["n"]?.integer.flatMap({ Int16(exactly: $0) }),
            let timestamp = message["t"]?.integer.flatMap({ Timestamp(plausible: .integer($0)) }),
            let expiry = message["z"]?.integer.flatMap({ Timestamp(plausible: .integer($0)) })
        else { throw SwarmError(.malformedAnswer, "the notification lacks a field or breaks the format") }
        self.account = account
        self.namespace = Namespace(rawValue: namespace)
        self.hash = hash
        self.timestamp = timestamp
        self.expiry = expiry
        data = message["~"]?.bytes
    }

    /// Whether the data, if there are any, belong to the hash.
    public var isGenuine: Bool {
        data.map { hash == .of(account: account, namespace: namespace, data: $0) } ?? true
    }
}
