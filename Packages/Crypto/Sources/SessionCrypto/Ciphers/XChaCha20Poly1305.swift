import CSodium
import SessionInterfaces

/// Authenticated encryption with XChaCha20-Poly1305 (IETF form). The nonce is long enough to be drawn at random.
public enum XChaCha20Poly1305 {
    public static let keyByteCount = 32
    public static let nonceByteCount = 24
    /// Bytes that a ciphertext is longer than its plaintext: the tag.
    public static let overhead = 16

    /// Encrypts `plaintext` and authenticates `context` with it.
    /// - Parameters:
    ///   - key: 32 bytes.
    ///   - nonce: 24 bytes, never twice with one key.
    /// - Returns: the ciphertext, then the tag.
    /// - Throws: `CryptoError(.invalidArgument)` for a wrong length.
    public static func seal(
        _ plaintext: [UInt8], key: SecretBytes, nonce: [UInt8], authenticating context: [UInt8] = []
    ) throws(CryptoError) -> [UInt8] {
        try CryptoError.require("key", key, count: keyByteCount)
        try CryptoError.require("nonce", nonce, count: nonceByteCount)
        return [UInt8](unsafeUninitializedCapacity: plaintext.count + overhead) { output, initialized in
            encrypt(plaintext, key, nonce: nonce, context, to: UnsafeMutableRawBufferPointer(output).bytes)
            initialized = output.count
        }
    }

    /// Decrypts what `seal` made of the same key, nonce and context.
    /// - Throws: `CryptoError`: `.invalidArgument` for a key or nonce of wrong length, `.tooShort`, `.failed`.
    public static func open(
        _ ciphertext: [UInt8], key: SecretBytes, nonce: [UInt8], authenticating context: [UInt8] = []
    ) throws(CryptoError) -> [UInt8] {
        try CryptoError.require("nonce", nonce, count: nonceByteCount)
        return try open(ciphertext[...], key: key, nonce: nonce[...], authenticating: context)
    }

    private static func encrypt(
        _ plaintext: [UInt8], _ key: SecretBytes, nonce: UnsafePointer<UInt8>, _ context: [UInt8],
        to output: UnsafeMutablePointer<UInt8>
    ) {
        Sodium.prepare()
        key.withUnsafeBytes { key in
            _ = crypto_aead_xchacha20poly1305_ietf_encrypt(
                output, nil, plaintext, UInt64(plaintext.count), context, UInt64(context.count), nil, nonce, key.bytes)
        }
    }

    private static func open(
        _ ciphertext: ArraySlice<UInt8>, key: SecretBytes, nonce: ArraySlice<UInt8>, authenticating context: [UInt8]
    ) throws(CryptoError) -> [UInt8] {
        try CryptoError.require("key", key, count: keyByteCount)
        guard ciphertext.count >= overhead else { throw CryptoError(.tooShort, "the ciphertext is too short") }
        Sodium.prepare()
        var isAuthentic = false
        let plaintext = [UInt8](unsafeUninitializedCapacity: ciphertext.count - overhead) { output, initialized in
            isAuthentic = key.withUnsafeBytes { key in
                ciphertext.withUnsafeBytes { ciphertext in
                    nonce.withUnsafeBytes { nonce in
                        crypto_aead_xchacha20poly1305_ietf_decrypt(
                            UnsafeMutableRawBufferPointer(output).bytes, nil, nil,
                            ciphertext.bytes, UInt64(ciphertext.count), context, UInt64(context.count),
                            nonce.bytes, key.bytes) == 0
                    }
                }
            }
            initialized = isAuthentic ? ciphertext.count - overhead : 0
        }
        guard isAuthentic else { throw .undecryptable }
        return plaintext
    }
}

/// The form in which the nonce stands in front of the ciphertext.
extension XChaCha20Poly1305 {
    /// Nonce, ciphertext, tag; the nonce is drawn from `random`.
    static func sealWithNonce(
        _ plaintext: [UInt8], key: SecretBytes, random: some RandomSource
    ) throws(CryptoError) -> [UInt8] {
        try CryptoError.require("key", key, count: keyByteCount)
        let count = nonceByteCount + plaintext.count + overhead
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            let output = UnsafeMutableRawBufferPointer(buffer)
            let nonce = UnsafeMutableRawBufferPointer(rebasing: output[..<nonceByteCount])
            random.fill(nonce)
            encrypt(plaintext, key, nonce: nonce.bytes, [], to: output.from(nonceByteCount).bytes)
            initialized = count
        }
    }

    /// Opens nonce, ciphertext, tag. Where the nonce is cut short, nothing is left for the tag, which is refused.
    static func openWithNonce(_ sealed: [UInt8], key: SecretBytes) throws(CryptoError) -> [UInt8] {
        try open(
            sealed.dropFirst(nonceByteCount), key: key, nonce: sealed.prefix(nonceByteCount), authenticating: [])
    }
}
