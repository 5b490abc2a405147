import CSodium

extension BLAKE2b {
    /// Hashes `message` to `size` bytes with a key that stays in its memory.
    /// - Parameters:
    ///   - size: 16 to 64.
    ///   - key: 16 to 64 bytes.
    ///   - personal: 16 bytes that name the purpose.
    /// - Precondition: the sizes are as said; they are constants of a format, not data.
    public static func hash(
        _ message: ArraySlice<UInt8>, size: Int, secretKey key: SecretBytes, personal: [UInt8]
    ) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: size) { digest, initialized in
            hash(message, into: UnsafeMutableRawBufferPointer(digest), key, personal)
            initialized = size
        }
    }

    /// Derives a secret of `size` bytes from `key` for the purpose that `message` names.
    /// - Precondition: the sizes are as for `hash`.
    public static func derive(
        _ message: [UInt8], size: Int = 32, from key: SecretBytes, personal: [UInt8]
    ) -> SecretBytes {
        SecretBytes(count: size) { hash(message[...], into: $0, key, personal) }
    }

    private static func hash(
        _ message: ArraySlice<UInt8>, into digest: UnsafeMutableRawBufferPointer, _ key: SecretBytes,
        _ personal: [UInt8]
    ) {
        precondition(sizes.contains(digest.count), "a BLAKE2b hash has 16 to 64 bytes")
        precondition((16...maximumKeyByteCount).contains(key.count), "a BLAKE2b key has 16 to 64 bytes")
        precondition(personal.count == personalByteCount, "a BLAKE2b personalisation has 16 bytes")
        Sodium.prepare()
        key.withUnsafeBytes { key in
            message.withUnsafeBytes { message in
                _ = crypto_generichash_blake2b_salt_personal(
                    digest.bytes, digest.count, message.bytes, UInt64(message.count), key.bytes, key.count, nil,
                    personal)
            }
        }
    }
}
