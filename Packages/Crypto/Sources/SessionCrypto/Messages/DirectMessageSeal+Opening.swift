import CSodium
import SessionInterfaces

/// What a sealed message held, and who provably wrote it.
public struct OpenedDirectMessage: Hashable, Sendable {
    /// Still padded.
    public let plaintext: [UInt8]
    /// The account that signed the message. No other claim about its sender counts.
    public let sender: AccountID
    /// The key that signed the message.
    public let senderKey: Ed25519PublicKey
}

extension DirectMessageSeal {
    /// Decrypts a message and proves its sender.
    /// - Throws: `CryptoError`: `.tooShort`; `.failed` when it is not for `recipient` or was changed; `.badSignature`
    ///   when the sender it names did not sign it for `recipient`; `.badPublicKey` when the sender's key makes no account.
    public static func open(
        _ sealed: [UInt8], with recipient: X25519KeyPair
    ) throws(CryptoError) -> OpenedDirectMessage {
        guard sealed.count >= overhead else { throw CryptoError(.tooShort, "the message is too short to be sealed") }
        var body = try decrypt(sealed, with: recipient)
        let senderKey = try verify(&body, for: recipient.publicKey)
        let sender = AccountID(standard: try Ed25519.x25519PublicKey(of: senderKey))
        return OpenedDirectMessage(plaintext: body, sender: sender, senderKey: senderKey)
    }

    /// Plaintext, sender's key and signature.
    private static func decrypt(_ sealed: [UInt8], with recipient: X25519KeyPair) throws(CryptoError) -> [UInt8] {
        var isAuthentic = false
        let body = [UInt8](unsafeUninitializedCapacity: sealed.count - bodyOffset) { body, initialized in
            isAuthentic = recipient.withUnsafeSecretKey { secretKey in
                recipient.publicKey.bytes.withUnsafeBytes { publicKey in
                    crypto_box_seal_open(
                        UnsafeMutableRawBufferPointer(body).bytes, sealed, UInt64(sealed.count), publicKey.bytes,
                        secretKey.bytes) == 0
                }
            }
            initialized = isAuthentic ? body.count : 0
        }
        guard isAuthentic else { throw .undecryptable }
        return body
    }

    /// Takes sender's key and signature off `body`; returns the key if the signature is right.
    private static func verify(
        _ body: inout [UInt8], for recipient: X25519PublicKey
    ) throws(CryptoError) -> Ed25519PublicKey {
        let signature = [UInt8](body.suffix(Ed25519.signatureByteCount))
        body.removeLast(Ed25519.signatureByteCount)
        guard let sender = Ed25519PublicKey(body.suffix(Bytes32.byteCount)) else { throw .undecryptable }
        body += recipient.bytes.bytes
        guard Ed25519.verify(signature, of: body, by: sender) else {
            throw CryptoError(.badSignature, "the message is not signed by the sender it names")
        }
        body.removeLast(2 * Bytes32.byteCount)
        return sender
    }
}
