import FoundationEssentials
import SessionCrypto
import SessionInterfaces

/// What a device asks of a push server: to be told of new messages, or not any more. What servers refuse cannot be built.
/// Follows protocol document 04, section 4.
public struct PushRequest: Sendable {
    /// So long after it was signed, a subscription ends.
    public static let lifetime: Duration = .days(14)
    /// Bytes of the largest body that servers take.
    public static let bodyByteCount = 100_000

    private static let clockTolerance: Duration = .days(1)

    private let fields: Fields

    /// Asks for notifications.
    ///
    /// - Parameters:
    ///   - signedAt: Counts in whole seconds; less than 14 days ago, and less than a day ahead.
    ///   - now: Network time.
    ///   - includesMessages: Whether the notifications are to bring the messages along.
    ///   - namespaces: One or more, in ascending order, each once.
    /// - Throws: `MessagesError` with `invalidPayload`, or with `invalidTimestamp`.
    public static func subscription(
        of subscriber: PushSubscriber, on device: PushDevice, namespaces: [Namespace], includesMessages: Bool = true,
        signedAt: Timestamp, now: Timestamp
    ) throws(MessagesError) -> PushRequest {
        let text = try subscriptionText(
            of: subscriber.id, signedAt: signedAt, includesMessages: includesMessages, namespaces: namespaces)
        guard signedAt > now - lifetime, signedAt < now + clockTolerance else {
            throw MessagesError(.invalidTimestamp, "the subscription's time is too far from now")
        }
        var fields = Fields(subscriber, device, signedAt: signedAt, signature: subscriber.sign(text))
        fields.namespaces = namespaces.map(\.rawValue)
        fields.includesMessages = includesMessages
        fields.key = device.key.withUnsafeBytes { Hex.encode(Array($0)) }
        return PushRequest(fields: fields)
    }

    /// Asks for no more notifications.
    /// - Parameter signedAt: Counts in whole seconds; less than a day from `now`.
    /// - Throws: `MessagesError` with `invalidTimestamp`.
    public static func cancellation(
        of subscriber: PushSubscriber, on device: PushDevice, signedAt: Timestamp, now: Timestamp
    ) throws(MessagesError) -> PushRequest {
        guard signedAt > now - clockTolerance, signedAt < now + clockTolerance else {
            throw MessagesError(.invalidTimestamp, "the cancellation's time is too far from now")
        }
        let text = cancellationText(of: subscriber.id, signedAt: signedAt)
        return PushRequest(
            fields: Fields(subscriber, device, signedAt: signedAt, signature: subscriber.sign(text)))
    }

    /// The JSON to send: a list, whose answer is a list too.
    /// - Throws: `MessagesError` with `messageTooLarge`.
    public static func body(of requests: [PushRequest]) throws(MessagesError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let body = try? encoder.encode(requests.map(\.fields)), body.count <= bodyByteCount else {
            throw MessagesError(.messageTooLarge, "the push requests have more than \(bodyByteCount) bytes")
        }
        return [UInt8](body)
    }

    /// What a subscription signs.
    /// - Throws: `MessagesError` with `invalidPayload` unless the namespaces are one or more, in ascending order, each once.
    public static func subscriptionText(
        of account: AccountID, signedAt: Timestamp, includesMessages: Bool, namespaces: [Namespace]
    ) throws(MessagesError) -> [UInt8] {
        guard !namespaces.isEmpty else { throw .invalid("the subscription names no namespace") }
        guard zip(namespaces, namespaces.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw .invalid("the subscription's namespaces are not in ascending order, each once")
        }
        let list = namespaces.map { String($0.rawValue) }.joined(separator: ",")
        return Array("MONITOR\(account.hex)\(signedAt.milliseconds / 1000)\(includesMessages ? 1 : 0)\(list)".utf8)
    }

    /// What a cancellation signs.
    public static func cancellationText(of account: AccountID, signedAt: Timestamp) -> [UInt8] {
        Array("UNSUBSCRIBE\(account.hex)\(signedAt.milliseconds / 1000)".utf8)
    }
}

extension PushRequest {
    fileprivate struct Fields: Encodable {
        struct ServiceInfo: Encodable { let token: String }

        let account: String
        var ed25519: String?
        var subaccount: String?
        var subaccountSignature: String?
        var namespaces: [Int16]?
        var includesMessages: Bool?
        let signedAt: Int64
        let signature: String
        let service: String
        let serviceInfo: ServiceInfo
        var key: String?

        private enum CodingKeys: String, CodingKey {
            case account = "pubkey"
            case ed25519 = "session_ed25519"
            case subaccount
            case subaccountSignature = "subaccount_sig"
            case namespaces
            case includesMessages = "data"
            case signedAt = "sig_ts"
            case signature
            case service
            case serviceInfo = "service_info"
            case key = "enc_key"
        }

        init(_ subscriber: PushSubscriber, _ device: PushDevice, signedAt: Timestamp, signature: [UInt8]) {
            account = subscriber.id.hex
            switch subscriber {
            case .account(let keys): ed25519 = keys.ed25519.publicKey.hex
            case .administrator: break
            case .member(let key, _):
                subaccount = Hex.encode(key.token)
                subaccountSignature = Hex.encode(key.tokenSignature)
            }
            self.signedAt = signedAt.milliseconds / 1000
            self.signature = Hex.encode(signature)
            service = device.service.rawValue
            serviceInfo = ServiceInfo(token: device.token)
        }
    }
}
