import CSodium
import Crypto
import SessionInterfaces

/// The seal of messages in the second form, to keys that change, by X25519 and ML-KEM-768 together; or, where the
/// recipient published none, in the same shape to the account's own key. Opens only.
///
/// Follows protocol document 01, section 3.6: a form that is not settled.
public enum PostQuantumSeal {
    /// How such messages begin. No protobuf begins with a zero.
    public static let beginning: [UInt8] = [0, 2]
    /// Sealed messages are a multiple of this many bytes.
    public static let blockByteCount = 256
    /// Bytes of the shortest message.
    public static let leastByteCount = 1536

    private static let label: [UInt8] = [0x5c, 0x2e, 0x2f, 0x2f, 0x5e, 0x5c]

    /// The plaintext with its padding of zeros.
    ///
    /// - Parameters:
    ///   - sealed: Any bytes: they may come from anyone.
    ///   - account: The recipient's own keys.
    ///   - forwardSecrecyKeys: All keys that the recipient published and still has.
    /// - Throws: `CryptoError` with `tooShort`, `invalidArgument` when the form is broken, or `failed`.
    public static func open(
        _ sealed: [UInt8], with account: X25519KeyPair, forwardSecrecyKeys: [ForwardSecrecyKeys]
    ) throws(CryptoError) -> [UInt8] {
        guard sealed.count >= leastByteCount else { throw CryptoError(.tooShort, "the message is too short") }
        guard sealed.starts(with: beginning), sealed.count.isMultiple(of: blockByteCount),
            let parts = Parts(sealed)
        else { throw CryptoError(.invalidArgument, "the message has not the form of a post-quantum message") }
        guard let shared = try? account.sharedSecret(with: parts.ephemeralKey) else { throw .undecryptable }
        let named = parts.keyBeginning(account.publicKey, shared)
        for keys in forwardSecrecyKeys where keys.mlkem768.publicKey.starts(with: named) {
            guard let secret = try? parts.secret(with: keys) else { continue }
            if let plaintext = try? parts.open("SessionV2MessageSS", secret) { return plaintext }
        }
        let secret = sha3([
            shared, .init(account.publicKey.bytes.bytes), .init(parts.ephemeralKey.bytes.bytes),
            .init(Array("SessionV2NonPFS".utf8)),
        ])
        return try parts.open("SessionV2NonPFSSS", secret)
    }

    private static func sha3(_ parts: [SecretBytes]) -> SecretBytes {
        var hash = SHA3_256()
        for part in parts { part.withUnsafeBytes { hash.update(bufferPointer: $0) } }
        return hash.finalize().withUnsafeBytes { digest in
            SecretBytes(count: digest.count, in: .ephemeral) { $0.copyMemory(from: digest) }
        }
    }

    /// What stands in front of the ciphertext, and the ciphertext.
    private struct Parts {
        let indicator: [UInt8]
        let ephemeralKey: X25519PublicKey
        let encapsulation: [UInt8]
        let ciphertext: [UInt8]

        init?(_ sealed: [UInt8]) {
            let encapsulationEnd = 36 + MLKEM768KeyPair.ciphertextByteCount
            guard sealed.count > encapsulationEnd, let key = X25519PublicKey(sealed[4..<36]) else { return nil }
            indicator = Array(sealed[2..<4])
            ephemeralKey = key
            encapsulation = Array(sealed[36..<encapsulationEnd])
            ciphertext = Array(sealed[encapsulationEnd...])
        }

        /// How the ML-KEM key that the message was sealed to begins.
        func keyBeginning(_ recipient: X25519PublicKey, _ shared: SecretBytes) -> [UInt8] {
            let message = ephemeralKey.bytes.bytes + recipient.bytes.bytes
            var mask = [UInt8](repeating: 0, count: 2)
            shared.withUnsafeBytes { key in
                _ = crypto_generichash_blake2b_salt_personal(
                    &mask, mask.count, message, UInt64(message.count), key.bytes, key.count, nil,
                    Array("Session-Msg-KISS".utf8))
            }
            return zip(indicator, mask).map { $0 ^ $1 }
        }

        func secret(with keys: ForwardSecrecyKeys) throws(CryptoError) -> SecretBytes {
            sha3([
                try keys.mlkem768.sharedSecret(in: encapsulation), try keys.x25519.sharedSecret(with: ephemeralKey),
                .init(ephemeralKey.bytes.bytes), .init(keys.x25519.publicKey.bytes.bytes), .init(label),
            ])
        }

        func open(_ label: String, _ secret: SecretBytes) throws(CryptoError) -> [UInt8] {
            let keyEnd = XChaCha20Poly1305.keyByteCount
            let drawn = SHAKE256.secret(
                count: keyEnd + XChaCha20Poly1305.nonceByteCount, from: [.init(Array(label.utf8)), secret])
            let nonce = drawn.withUnsafeBytes { Array($0[keyEnd...]) }
            return try XChaCha20Poly1305.open(ciphertext, key: drawn.part(0..<keyEnd), nonce: nonce)
        }
    }
}
