import SessionCrypto
import SessionInterfaces

/// Under which key an account acts at one community server: its own, or a blinded one that nobody can connect with it.
/// Follows protocol document 04, sections 1.3, 1.4 and 1.8.
public struct CommunityIdentity: Sendable {
    public enum Form: Hashable, Sendable {
        /// The account's own Ed25519 key.
        case unblinded
        /// Clients use the first kind, `.blinded15`.
        case blinded(Blinding)
    }

    /// How requests name the account: prefix `00`, `15` or `25`.
    public let id: AccountID
    /// The server's key.
    public let server: X25519PublicKey
    private let keys: Keys

    private enum Keys: Sendable {
        case unblinded(AccountKeys)
        case blinded(BlindedKeyPair)
    }

    public init(_ form: Form, of account: AccountKeys, at server: X25519PublicKey) {
        self.server = server
        switch form {
        case .unblinded:
            id = AccountID(prefix: .unblinded, key: account.ed25519.publicKey.bytes)
            keys = .unblinded(account)
        case .blinded(let kind):
            let pair = BlindedKeyPair(kind, of: account.ed25519, at: server)
            id = pair.id
            keys = .blinded(pair)
        }
    }

    /// The headers that prove who makes `request`. Good for one request: the server takes no nonce twice.
    /// - Parameters:
    ///   - sentAt: Network time; counts in whole seconds. The server takes it when it is at most a day off.
    ///   - random: Gives the nonce, 16 bytes.
    public func sign(
        _ request: CommunityRequest, sentAt: Timestamp, random: some RandomSource = CryptoRandom()
    ) -> CommunityRequestProof {
        let nonce = random.bytes(CommunityRequestProof.nonceByteCount)
        let seconds = String(sentAt.milliseconds / 1000)
        let text = request.signedBytes(at: server, nonce: nonce, timestamp: seconds)
        let signature =
            switch keys {
            case .unblinded(let account): account.ed25519.sign(text)
            case .blinded(let pair): pair.sign(text)
            }
        return CommunityRequestProof(id: id, timestamp: seconds, nonce: nonce, signature: signature)
    }

    /// The signature that is posted with a message, 64 bytes.
    /// - Parameters:
    ///   - data: The padded bytes to post, as `CommunityMessage.encode` makes them.
    ///   - random: Used by unblinded accounts alone: their signatures differ each time.
    public func sign(message data: [UInt8], random: some RandomSource = CryptoRandom()) -> [UInt8] {
        switch keys {
        case .unblinded(let account): XEd25519.sign(data, by: account.x25519, random: random)
        case .blinded(let pair): pair.sign(data)
        }
    }
}

extension CommunityMessage {
    /// Whether `author` signed what was posted. The server does not look: whoever reads must.
    /// - Parameters:
    ///   - data: The padded bytes as posted.
    ///   - author: As the server names the author: prefix `05`, `15` or `25`. Others sign no messages.
    public static func isSigned(_ data: [UInt8], by author: AccountID, signature: [UInt8]) -> Bool {
        switch author.prefix {
        case .standard: XEd25519.verify(signature, of: data, by: X25519PublicKey(author.key))
        case .blinded15, .blinded25: Ed25519.verify(signature, of: data, by: Ed25519PublicKey(author.key))
        case .group, .unblinded, .versionCheck: false
        }
    }
}
