import CSodium

/// The SHA-512 hash, as signatures need it.
enum SHA512 {
    static let byteCount = 64

    /// The hash of a secret, which is a secret.
    static func hash(_ message: SecretBytes) -> SecretBytes {
        Sodium.prepare()
        return SecretBytes(count: byteCount, in: .ephemeral) { digest in
            _ = message.withUnsafeBytes { crypto_hash_sha512(digest.bytes, $0.bytes, UInt64($0.count)) }
        }
    }

    /// The hash of `parts`, one after the other.
    static func hash(_ parts: [[UInt8]]) -> [UInt8] {
        Sodium.prepare()
        var state = crypto_hash_sha512_state()
        crypto_hash_sha512_init(&state)
        for part in parts { crypto_hash_sha512_update(&state, part, UInt64(part.count)) }
        return [UInt8](unsafeUninitializedCapacity: byteCount) { digest, initialized in
            crypto_hash_sha512_final(&state, UnsafeMutableRawBufferPointer(digest).bytes)
            initialized = byteCount
        }
    }
}
