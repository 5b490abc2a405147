import CSodium
import SessionInterfaces

extension DirectMessageSeal {
    /// Seals with a given ephemeral secret key of 32 bytes. For comparing with known answers: a secret that is used
    /// twice links two messages.
    /// - Throws: `CryptoError`, as `seal` does, and for a key of another length.
    @_spi(Deterministic)
    public static func seal(
        _ plaintext: [UInt8], from sender: Ed25519KeyPair, to recipient: AccountID, ephemeralSecret: SecretBytes
    ) throws(CryptoError) -> [UInt8] {
        try seal(
            plaintext, from: sender, to: key(of: recipient), ephemeral: X25519KeyPair(secretKey: ephemeralSecret))
    }

    /// Seals with an ephemeral key that follows from seed, recipient and plaintext, so that equal messages look equal.
    /// Only for what an account wraps for itself. Follows protocol document 01, section 2.
    /// - Throws: `CryptoError`, as `seal` does.
    @_spi(Deterministic)
    public static func sealDeterministically(
        _ plaintext: [UInt8], from sender: Ed25519KeyPair, to recipient: AccountID
    ) throws(CryptoError) -> [UInt8] {
        let recipient = try key(of: recipient)
        let ephemeral = X25519KeyPair(seed: ephemeralSeed(plaintext, sender, recipient))
        return try seal(plaintext, from: sender, to: recipient, ephemeral: ephemeral)
    }

    private static func ephemeralSeed(
        _ plaintext: [UInt8], _ sender: Ed25519KeyPair, _ recipient: X25519PublicKey
    ) -> SecretBytes {
        let seed = sender.seed
        let input = SecretBytes(count: seed.count + Bytes32.byteCount + plaintext.count, in: .ephemeral) { input in
            seed.withUnsafeBytes { input.copyMemory(from: $0) }
            recipient.bytes.withUnsafeBytes { input.from(seed.count).copyMemory(from: $0) }
            input.from(seed.count + Bytes32.byteCount).copyBytes(from: plaintext)
        }
        return SecretBytes(count: 32, in: .ephemeral) { digest in
            input.withUnsafeBytes { BLAKE2b.hash($0, into: digest, key: Array("SessionBoxEphemeralHashKey".utf8)) }
        }
    }
}

extension X25519KeyPair {
    /// The key whose secret is the first half of the seed's SHA-512.
    fileprivate init(seed: SecretBytes) {
        let secretKey = SecretBytes(count: Self.secretKeyByteCount, in: .ephemeral) { secretKey in
            withUnsafeTemporaryAllocation(byteCount: Bytes32.byteCount, alignment: 1) { publicKey in
                _ = seed.withUnsafeBytes { crypto_box_seed_keypair(publicKey.bytes, secretKey.bytes, $0.bytes) }
            }
        }
        self.init(checkedSecretKey: secretKey)
    }
}
