import SessionInterfaces

/// Encryption of messages between two blinded identities of one community, which its server passes on. Follows protocol
/// document 01, section 4.4.
///
/// A sealed message is: version (one byte, 0), encrypted: plaintext and sender's Ed25519 key (32 bytes); tag (16),
/// nonce (24). It is not signed: that sender and recipient alone can make the key is what proves the sender.
public enum BlindedMessageSeal {
    /// Bytes that a sealed message is longer than its plaintext.
    public static let overhead =
        1 + Bytes32.byteCount + XChaCha20Poly1305.overhead + XChaCha20Poly1305.nonceByteCount

    private static let version: UInt8 = 0

    /// Encrypts `plaintext`, which the caller has padded already.
    /// - Parameters:
    ///   - recipient: a blinded ID; the sender appears under one of the same kind.
    ///   - server: the community server's key.
    ///   - random: gives the 24 bytes of the nonce.
    /// - Throws: `CryptoError`: `.invalidArgument` when `recipient` is not blinded, `.badPublicKey` when its key is no
    ///   point.
    public static func seal(
        _ plaintext: [UInt8], from sender: Ed25519KeyPair, to recipient: AccountID, at server: X25519PublicKey,
        random: some RandomSource = CryptoRandom()
    ) throws(CryptoError) -> [UInt8] {
        let own = BlindedKeyPair(try kind(of: recipient), of: sender, at: server, in: .ephemeral)
        let key = try key(own, of: sender, with: recipient, from: own.id, to: recipient)
        let nonce = [UInt8](unsafeUninitializedCapacity: XChaCha20Poly1305.nonceByteCount) { nonce, initialized in
            random.fill(UnsafeMutableRawBufferPointer(nonce))
            initialized = nonce.count
        }
        let body = try XChaCha20Poly1305.seal(plaintext + sender.publicKey.bytes.bytes, key: key, nonce: nonce)
        return [version] + body + nonce
    }

    /// Decrypts a message that was sent to, or by, the account of `own`, and proves its sender.
    /// - Parameters:
    ///   - sender: the blinded ID that the server names; the account's own for what it sent itself.
    ///   - recipient: of the same kind.
    /// - Throws: `CryptoError`: `.invalidArgument` when the IDs are not blinded alike; `.tooShort`; `.unknownVersion`;
    ///   `.failed` when it is not between these two or was changed; `.senderMismatch` when the account it names is not
    ///   `sender`; `.badPublicKey` when a key is no point.
    public static func open(
        _ sealed: [UInt8], with own: Ed25519KeyPair, from sender: AccountID, to recipient: AccountID,
        at server: X25519PublicKey
    ) throws(CryptoError) -> OpenedDirectMessage {
        let kind = try kind(of: sender)
        guard recipient.prefix == sender.prefix else {
            throw CryptoError(.invalidArgument, "sender and recipient are not blinded in the same way")
        }
        guard sealed.count >= overhead else { throw CryptoError(.tooShort, "the message is too short to be sealed") }
        guard sealed[0] == version else {
            throw CryptoError(.unknownVersion, "the message is sealed in a way that is not known")
        }
        let pair = BlindedKeyPair(kind, of: own, at: server, in: .ephemeral)
        let other = sender == pair.id ? recipient : sender
        let key = try key(pair, of: own, with: other, from: sender, to: recipient)
        let nonceOffset = sealed.count - XChaCha20Poly1305.nonceByteCount
        var body = try XChaCha20Poly1305.open(
            Array(sealed[1..<nonceOffset]), key: key, nonce: Array(sealed[nonceOffset...]))
        guard let senderKey = Ed25519PublicKey(body.suffix(Bytes32.byteCount)) else { throw .undecryptable }
        body.removeLast(Bytes32.byteCount)
        let account = try Ed25519.x25519PublicKey(of: senderKey)
        guard try kind.ids(of: AccountID(standard: account), at: server).contains(sender) else {
            throw CryptoError(.senderMismatch, "the message names another account than the one it came from")
        }
        return OpenedDirectMessage(plaintext: body, sender: AccountID(standard: account), senderKey: senderKey)
    }

    private static func kind(of id: AccountID) throws(CryptoError) -> Blinding {
        guard let kind = Blinding(of: id) else {
            throw CryptoError(.invalidArgument, "messages through a community go between blinded IDs only")
        }
        return kind
    }

    /// The key that both sides make of their own secret and of the other's ID.
    private static func key(
        _ pair: BlindedKeyPair, of own: Ed25519KeyPair, with other: AccountID, from sender: AccountID,
        to recipient: AccountID
    ) throws(CryptoError) -> SecretBytes {
        let scalar =
            switch pair.kind {
            case .blinded15: Scalar(of: own.x25519)
            case .blinded25: pair.scalar
            }
        let shared = try scalar.agreed(with: other.key)
        let input = SecretBytes.joining(shared, sender.key.bytes, recipient.key.bytes)
        return SecretBytes(count: XChaCha20Poly1305.keyByteCount, in: .ephemeral) { key in
            input.withUnsafeBytes { BLAKE2b.hash($0, into: key) }
        }
    }
}
