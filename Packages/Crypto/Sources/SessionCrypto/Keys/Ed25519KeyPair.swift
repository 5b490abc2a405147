import CSodium
import SessionInterfaces

/// An Ed25519 signing key with its X25519 twin. Follows protocol document 01, section 1.1.
public struct Ed25519KeyPair: Sendable {
    public static let seedByteCount = 32
    /// Bytes of seed and public key.
    static let secretKeyByteCount = 64

    public let publicKey: Ed25519PublicKey
    /// The same key for key agreement.
    public let x25519: X25519KeyPair
    /// Seed and public key, 64 bytes: what libsodium calls the secret key.
    private let secretKey: SecretBytes

    /// - Parameter seed: 32 bytes.
    /// - Throws: `CryptoError(.invalidArgument)` for another length.
    public init(seed: SecretBytes) throws(CryptoError) {
        try CryptoError.require("seed", seed, count: Self.seedByteCount)
        self.init(checkedSeed: seed)
    }

    init(checkedSeed seed: SecretBytes) {
        Sodium.prepare()
        var publicKey = Bytes32()
        let secretKey = SecretBytes(count: Self.secretKeyByteCount) { secretKey in
            publicKey = Self.expand(seed, into: secretKey)
        }
        let x25519Secret = SecretBytes(count: X25519KeyPair.secretKeyByteCount) { x25519Secret in
            _ = secretKey.withUnsafeBytes {
                crypto_sign_ed25519_sk_to_curve25519(x25519Secret.bytes, $0.bytes)
            }
        }
        self.publicKey = Ed25519PublicKey(publicKey)
        self.secretKey = secretKey
        x25519 = X25519KeyPair(checkedSecretKey: x25519Secret)
    }

    /// A key to be kept.
    public static func generate(from random: some RandomSource) -> Ed25519KeyPair {
        Ed25519KeyPair(checkedSeed: .random(count: seedByteCount, from: random))
    }

    /// A copy of the 32-byte seed.
    public var seed: SecretBytes {
        secretKey.withUnsafeBytes { secretKey in
            SecretBytes(count: Self.seedByteCount) { $0.copyMemory(from: .init(rebasing: secretKey[..<$0.count])) }
        }
    }

    /// The signature of `message`, 64 bytes. The same message always gets the same one.
    public func sign(_ message: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Ed25519.signatureByteCount) { signature, initialized in
            message.withUnsafeBytes { sign($0, into: UnsafeMutableRawBufferPointer(signature)) }
            initialized = Ed25519.signatureByteCount
        }
    }

    /// Writes seed and public key; returns the latter.
    fileprivate static func expand(_ seed: SecretBytes, into secretKey: UnsafeMutableRawBufferPointer) -> Bytes32 {
        Bytes32 { publicKey in
            _ = seed.withUnsafeBytes {
                crypto_sign_ed25519_seed_keypair(publicKey.bytes, secretKey.bytes, $0.bytes)
            }
        }
    }

    /// Signs into the first 64 bytes of `signature`.
    func sign(_ message: UnsafeRawBufferPointer, into signature: UnsafeMutableRawBufferPointer) {
        secretKey.withUnsafeBytes { Self.sign(message, by: $0, into: signature) }
    }

    fileprivate static func sign(
        _ message: UnsafeRawBufferPointer, by secretKey: UnsafeRawBufferPointer,
        into signature: UnsafeMutableRawBufferPointer
    ) {
        _ = crypto_sign_ed25519_detached(
            signature.bytes, nil, message.bytes, UInt64(message.count), secretKey.bytes)
    }

    /// Lends seed and public key, 64 bytes, to `body`, which must not let them escape.
    public func withUnsafeSecretKey<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try secretKey.withUnsafeBytes(body)
    }
}

extension Ed25519 {
    /// A signature of `message` by a key that is made for it and forgotten at once, 64 bytes: for formats in which
    /// everybody signs, so that nobody stands out. Its secrets lie in memory as of an ephemeral key.
    /// - Parameter random: gives the 32 bytes of the key's seed.
    public static func decoySignature(of message: [UInt8], random: some RandomSource) -> [UInt8] {
        Sodium.prepare()
        let seed = SecretBytes(count: Ed25519KeyPair.seedByteCount, in: .ephemeral) { random.fill($0) }
        let secretKey = SecretBytes(count: Ed25519KeyPair.secretKeyByteCount, in: .ephemeral) { secretKey in
            _ = Ed25519KeyPair.expand(seed, into: secretKey)
        }
        return [UInt8](unsafeUninitializedCapacity: signatureByteCount) { signature, initialized in
            message.withUnsafeBytes { message in
                secretKey.withUnsafeBytes {
                    Ed25519KeyPair.sign(message, by: $0, into: UnsafeMutableRawBufferPointer(signature))
                }
            }
            initialized = signatureByteCount
        }
    }
}
