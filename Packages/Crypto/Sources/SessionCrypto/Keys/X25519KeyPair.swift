import CSodium
import SessionInterfaces

/// An X25519 key for key agreement.
public struct X25519KeyPair: Sendable {
    public static let secretKeyByteCount = 32

    public let publicKey: X25519PublicKey
    private let secretKey: SecretBytes

    /// - Parameter secretKey: 32 bytes.
    /// - Throws: `CryptoError(.invalidArgument)` for another length.
    public init(secretKey: SecretBytes) throws(CryptoError) {
        try CryptoError.require("secret key", secretKey, count: Self.secretKeyByteCount)
        self.init(checkedSecretKey: secretKey)
    }

    init(checkedSecretKey secretKey: SecretBytes) {
        Sodium.prepare()
        self.secretKey = secretKey
        publicKey = X25519PublicKey(
            Bytes32 { publicKey in
                _ = secretKey.withUnsafeBytes { crypto_scalarmult_curve25519_base(publicKey.bytes, $0.bytes) }
            })
    }

    /// A key to be kept.
    public static func generate(from random: some RandomSource) -> X25519KeyPair {
        X25519KeyPair(checkedSecretKey: .random(count: secretKeyByteCount, from: random))
    }

    /// A key for one message or one request. Its secret is overwritten at release, but lies in ordinary memory:
    /// making this takes no system calls.
    public static func ephemeral(from random: some RandomSource) -> X25519KeyPair {
        X25519KeyPair(
            checkedSecretKey: SecretBytes(count: secretKeyByteCount, in: .ephemeral) { random.fill($0) })
    }

    /// The 32 bytes that both sides compute, for deriving a key, in memory as of an ephemeral key.
    /// - Throws: `CryptoError(.badPublicKey)` when `key` is of low order, so that the result would be all zero.
    public func sharedSecret(with key: X25519PublicKey) throws(CryptoError) -> SecretBytes {
        try SecretBytes(count: 32, in: .ephemeral) { (shared) throws(CryptoError) in
            let status = secretKey.withUnsafeBytes { secretKey in
                key.bytes.withUnsafeBytes { crypto_scalarmult_curve25519(shared.bytes, secretKey.bytes, $0.bytes) }
            }
            guard status == 0 else {
                throw CryptoError(.badPublicKey, "the public key is of low order")
            }
        }
    }

    /// Lends the 32 bytes to `body`, which must not let them escape.
    public func withUnsafeSecretKey<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try secretKey.withUnsafeBytes(body)
    }
}
