import CSodium
import SessionInterfaces

/// A secret number modulo the order of Ed25519's main subgroup: what a point is multiplied with, in memory as of an
/// ephemeral key. Multiplications do not clamp.
struct Scalar: Sendable {
    static let byteCount = 32

    /// Least significant byte first.
    let bytes: SecretBytes

    private init(writing initializer: (UnsafeMutableRawBufferPointer) -> Void) {
        Sodium.prepare()
        bytes = SecretBytes(count: Self.byteCount, in: .ephemeral, filledBy: initializer)
    }

    /// Reduces the number of 64 bytes that `digest` is.
    private init(reducing digest: UnsafeRawBufferPointer) {
        self.init { crypto_core_ed25519_scalar_reduce($0.bytes, digest.bytes) }
    }

    /// The number that an X25519 key multiplies with: its secret, clamped.
    init(of pair: X25519KeyPair) {
        self.init { scalar in
            pair.withUnsafeSecretKey { scalar.copyMemory(from: $0) }
            scalar[0] &= 0xf8
            scalar[31] = scalar[31] & 0x7f | 0x40
        }
    }

    /// The 64-byte BLAKE2b hash of `message`, reduced.
    init(blake2b message: SecretBytes, key: String = "", personal: [UInt8] = []) {
        let digest = SecretBytes(count: 64, in: .ephemeral) { digest in
            message.withUnsafeBytes { BLAKE2b.hash($0, into: digest, key: Array(key.utf8), personal: personal) }
        }
        self = digest.withUnsafeBytes { Scalar(reducing: $0) }
    }

    /// The 64-byte BLAKE2b hash of `message`, which is no secret, reduced.
    init(blake2b message: [UInt8]) {
        self = BLAKE2b.hash(message, size: 64).withUnsafeBytes { Scalar(reducing: $0) }
    }

    /// The 64-byte BLAKE2b hash of `message` under a secret key of at most 64 bytes, reduced.
    init(blake2b message: [UInt8], key: SecretBytes) {
        let digest = SecretBytes(count: 64, in: .ephemeral) { digest in
            message.withUnsafeBytes { message in
                key.withUnsafeBytes { BLAKE2b.hash(message, into: digest, key: $0) }
            }
        }
        self = digest.withUnsafeBytes { Scalar(reducing: $0) }
    }

    /// The SHA-512 hash of `message`, reduced.
    init(sha512 message: SecretBytes) {
        self = SHA512.hash(message).withUnsafeBytes { Scalar(reducing: $0) }
    }

    /// The SHA-512 hash of `parts`, which are no secrets, one after the other, reduced.
    init(sha512 parts: [UInt8]...) {
        self = SHA512.hash(parts).withUnsafeBytes { Scalar(reducing: $0) }
    }

    /// A number that was made before.
    /// - Precondition: `source` has 32 bytes. They may be more than the order.
    init(copying source: some Collection<UInt8>) {
        self.init { $0.copyBytes(from: source) }
    }

    static prefix func - (scalar: Self) -> Self {
        Scalar { result in scalar.bytes.withUnsafeBytes { crypto_core_ed25519_scalar_negate(result.bytes, $0.bytes) } }
    }

    static func + (left: Self, right: Self) -> Self {
        combine(left, right, crypto_core_ed25519_scalar_add)
    }

    static func * (left: Self, right: Self) -> Self {
        combine(left, right, crypto_core_ed25519_scalar_mul)
    }

    /// The base point times this.
    var point: Bytes32 {
        Bytes32 { point in
            _ = bytes.withUnsafeBytes { crypto_scalarmult_ed25519_base_noclamp(point.bytes, $0.bytes) }
        }
    }

    /// `point` times this.
    /// - Throws: `CryptoError(.badPublicKey)` when `point` is none of the main subgroup.
    func multiplied(by point: Bytes32) throws(CryptoError) -> Bytes32 {
        try Bytes32 { (product) throws(CryptoError) in try multiply(point, into: product) }
    }

    /// `point` times this, where that is a secret.
    /// - Throws: `CryptoError(.badPublicKey)` when `point` is none of the main subgroup.
    func agreed(with point: Bytes32) throws(CryptoError) -> SecretBytes {
        try SecretBytes(count: Bytes32.byteCount, in: .ephemeral) { (product) throws(CryptoError) in
            try multiply(point, into: product)
        }
    }

    private func multiply(
        _ point: Bytes32, into product: UnsafeMutableRawBufferPointer
    ) throws(CryptoError) {
        let status = bytes.withUnsafeBytes { scalar in
            point.withUnsafeBytes { crypto_scalarmult_ed25519_noclamp(product.bytes, scalar.bytes, $0.bytes) }
        }
        guard status == 0 else { throw CryptoError(.badPublicKey, "the key is no point of the main subgroup") }
    }

    private static func combine(
        _ left: Self, _ right: Self,
        _ operation: (UnsafeMutablePointer<UInt8>, UnsafePointer<UInt8>, UnsafePointer<UInt8>) -> Void
    ) -> Self {
        Scalar { result in
            left.bytes.withUnsafeBytes { left in
                right.bytes.withUnsafeBytes { operation(result.bytes, left.bytes, $0.bytes) }
            }
        }
    }
}
