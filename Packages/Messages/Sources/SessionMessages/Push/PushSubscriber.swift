import SessionCrypto
import SessionInterfaces

/// Whose messages a device wants to hear of, and by which key that is proven.
/// Follows protocol document 04, section 4.
public enum PushSubscriber: Sendable {
    /// An account, for its own messages.
    case account(AccountKeys)
    /// An administrator of a closed group, by the group's own keys.
    case administrator(Ed25519KeyPair)
    /// A member of a closed group.
    case member(SubaccountKey, of: AccountID)

    /// Whose messages.
    public var id: AccountID {
        switch self {
        case .account(let keys): keys.accountID
        case .administrator(let keys): AccountID(prefix: .group, key: keys.publicKey.bytes)
        case .member(_, let group): group
        }
    }

    func sign(_ text: [UInt8]) -> [UInt8] {
        switch self {
        case .account(let keys): keys.ed25519.sign(text)
        case .administrator(let keys): keys.sign(text)
        case .member(let key, _): key.sign(text)
        }
    }
}

/// Where a push server reaches a device. Follows protocol document 04, section 4.
public struct PushDevice: Sendable {
    public enum Service: String, Sendable, CaseIterable {
        case apple = "apns"
        case appleSandbox = "apns-sandbox"
        case firebase
        case huawei
    }

    public static let keyByteCount = 32
    private static let tokenByteCounts = 32...999
    private static let appleTokenByteCount = 64

    public let service: Service
    /// How the service names the device.
    public let token: String
    /// Encrypts what the push server sends, 32 bytes. Made once for each device.
    public let key: SecretBytes

    /// - Throws: `MessagesError` with `invalidPayload` for a token or a key of a length that push servers refuse.
    public init(service: Service, token: String, key: SecretBytes) throws(MessagesError) {
        let isApple = service == .apple || service == .appleSandbox
        guard isApple ? token.utf8.count == Self.appleTokenByteCount : Self.tokenByteCounts.contains(token.utf8.count)
        else { throw .invalid("the device's token has a length that its service does not give out") }
        guard key.count == Self.keyByteCount else { throw .invalid("the device's key has not 32 bytes") }
        self.service = service
        self.token = token
        self.key = key
    }
}
