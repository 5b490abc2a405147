import CSodium
import SessionInterfaces

/// Authenticated encryption with XChaCha20-Poly1305 (IETF form). The nonce is long enough to be drawn at random.
public enum XChaCha20Poly1305 {
    public static let keyByteCount = SodiumAEAD.keyByteCount
    public static let nonceByteCount = 24
    /// Bytes that a ciphertext is longer than its plaintext: the tag.
    public static let overhead = SodiumAEAD.tagByteCount

    private static let cipher = SodiumAEAD(
        nonceByteCount: nonceByteCount, encryption: crypto_aead_xchacha20poly1305_ietf_encrypt,
        decryption: crypto_aead_xchacha20poly1305_ietf_decrypt)

    /// Encrypts `plaintext` and authenticates `context` with it.
    /// - Parameters:
    ///   - key: 32 bytes.
    ///   - nonce: 24 bytes, never twice with one key.
    /// - Returns: the ciphertext, then the tag.
    /// - Throws: `CryptoError(.invalidArgument)` for a wrong length.
    public static func seal(
        _ plaintext: [UInt8], key: SecretBytes, nonce: [UInt8], authenticating context: [UInt8] = []
    ) throws(CryptoError) -> [UInt8] {
        try cipher.seal(plaintext, key: key, nonce: nonce, authenticating: context)
    }

    /// Decrypts what `seal` made of the same key, nonce and context.
    /// - Throws: `CryptoError`: `.invalidArgument` for a key or nonce of wrong length, `.tooShort`, `.failed`.
    public static func open(
        _ ciphertext: [UInt8], key: SecretBytes, nonce: [UInt8], authenticating context: [UInt8] = []
    ) throws(CryptoError) -> [UInt8] {
        try CryptoError.require("nonce", nonce, count: nonceByteCount)
        return try cipher.open(ciphertext[...], key: key, nonce: nonce[...], authenticating: context)
    }

    /// Encrypts `plaintext` under a nonce that is drawn from `random`.
    /// - Parameter key: 32 bytes.
    /// - Returns: the nonce (24 bytes), the ciphertext, the tag.
    /// - Throws: `CryptoError(.invalidArgument)` for a key of wrong length.
    public static func sealWithNonce(
        _ plaintext: [UInt8], key: SecretBytes, random: some RandomSource
    ) throws(CryptoError) -> [UInt8] {
        try cipher.sealWithNonce(plaintext, key: key, random: random)
    }

    /// Decrypts nonce, ciphertext and tag.
    /// - Throws: `CryptoError`: `.invalidArgument` for a key of wrong length, `.tooShort`, `.failed`.
    public static func openWithNonce(_ sealed: [UInt8], key: SecretBytes) throws(CryptoError) -> [UInt8] {
        // Where the nonce is cut short, nothing is left for the tag, which is refused.
        try cipher.open(
            sealed.dropFirst(nonceByteCount), key: key, nonce: sealed.prefix(nonceByteCount), authenticating: [])
    }
}
