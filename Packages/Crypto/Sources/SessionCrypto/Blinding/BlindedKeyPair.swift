import SessionInterfaces

/// The key under which an account appears in one community. Follows protocol document 01, sections 4.1 to 4.3.
public struct BlindedKeyPair: Sendable {
    public let publicKey: Ed25519PublicKey
    public let kind: Blinding
    private let secrets: ScalarSecrets

    /// The ID that other members see.
    public var id: AccountID { AccountID(prefix: kind.prefix, key: publicKey.bytes) }

    /// - Parameter server: the community server's key.
    public init(_ kind: Blinding, of account: Ed25519KeyPair, at server: X25519PublicKey) {
        self.init(kind, of: account, at: server, in: .guarded)
    }

    /// - Parameter memory: where the secrets are to lie.
    init(_ kind: Blinding, of account: Ed25519KeyPair, at server: X25519PublicKey, in memory: SecretBytes.Memory) {
        let factor = kind.factor(of: account.x25519.publicKey, at: server)
        // The second kind makes the same key of an Ed25519 key and of its negative.
        let isNegated = kind == .blinded25 && account.publicKey.bytes.hasSignBit
        let scalar = (isNegated ? -factor : factor) * Scalar(of: account.x25519)
        publicKey = Ed25519PublicKey(scalar.point)
        self.kind = kind
        secrets = ScalarSecrets(scalar, nonceSecret: kind.nonceSecret(of: account), in: memory)
    }

    /// A copy of the secret behind `publicKey`.
    var scalar: Scalar { secrets.scalar }

    /// The signature of `message`, 64 bytes: a plain Ed25519 signature by `publicKey`. The same message always gets the
    /// same one.
    public func sign(_ message: [UInt8]) -> [UInt8] {
        let input = secrets.nonceInput(publicKey.bytes.bytes, message)
        let nonce =
            switch kind {
            case .blinded15: Scalar(sha512: input)
            case .blinded25: Scalar(blake2b: input, key: "SessCommBlind25_sig")
            }
        return ScalarSignature.sign(message, by: scalar, publicKey.bytes, nonce: nonce)
    }

    /// Lends the secret scalar, 32 bytes with the least significant first, to `body`, which must not let them escape.
    public func withUnsafeSecretScalar<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try scalar.bytes.withUnsafeBytes(body)
    }
}

extension Blinding {
    /// What makes the nonces of `account`'s signatures unpredictable.
    func nonceSecret(of account: Ed25519KeyPair) -> SecretBytes {
        switch self {
        case .blinded15:
            account.withUnsafeSecretKey { secretKey in
                let copy = SecretBytes(count: secretKey.count, in: .ephemeral) { $0.copyMemory(from: secretKey) }
                return SHA512.hash(copy).part(32..<SHA512.byteCount)
            }
        case .blinded25:
            account.derivedSecret(key: "SessCommBlind25_seed")
        }
    }
}

extension Ed25519KeyPair {
    /// The keyed hash of the seed, 32 bytes: a secret for one purpose, which `key` names, in memory as of an ephemeral
    /// key.
    func derivedSecret(key: String) -> SecretBytes {
        withUnsafeSecretKey { secretKey in
            SecretBytes(count: 32, in: .ephemeral) { secret in
                let seed = UnsafeRawBufferPointer(rebasing: secretKey[..<Self.seedByteCount])
                BLAKE2b.hash(seed, into: secret, key: Array(key.utf8))
            }
        }
    }
}
