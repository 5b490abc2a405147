import CSodium
import SessionInterfaces

/// What can be done with somebody else's Ed25519 key.
public enum Ed25519 {
    public static let signatureByteCount = 64

    /// Room for the whole public network, twice.
    private static let twins = ConvertedKeys<Ed25519PublicKey, X25519PublicKey>(capacity: 8192)

    /// Whether `signature` is `key`'s signature of `message`. Anything but 64 bytes is none.
    public static func verify(
        _ signature: [UInt8], of message: [UInt8], by key: Ed25519PublicKey
    ) -> Bool {
        guard signature.count == signatureByteCount else { return false }
        Sodium.prepare()
        return key.bytes.withUnsafeBytes { key in
            crypto_sign_ed25519_verify_detached(signature, message, UInt64(message.count), key.bytes) == 0
        }
    }

    /// The X25519 twin of `key`. Recent answers are remembered: nodes and senders come again and again, and the
    /// conversion costs as much as a key agreement.
    /// - Throws: `CryptoError(.badPublicKey)` when `key` is no point of the main subgroup.
    public static func x25519PublicKey(of key: Ed25519PublicKey) throws(CryptoError) -> X25519PublicKey {
        try twins.twin(of: key, convert: convert)
    }

    private static func convert(_ key: Ed25519PublicKey) throws(CryptoError) -> X25519PublicKey {
        Sodium.prepare()
        let converted = try Bytes32 { (converted) throws(CryptoError) in
            let status = key.bytes.withUnsafeBytes {
                crypto_sign_ed25519_pk_to_curve25519(converted.bytes, $0.bytes)
            }
            guard status == 0 else {
                throw CryptoError(.badPublicKey, "the Ed25519 key is no point of the main subgroup")
            }
        }
        return X25519PublicKey(converted)
    }
}
