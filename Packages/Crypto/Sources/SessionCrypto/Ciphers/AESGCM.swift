import CSodium
import SessionInterfaces

/// Authenticated encryption with AES-256-GCM, for peers that ask for it. Prefer `XChaCha20Poly1305` elsewhere: with a
/// nonce as short as this one, random nonces are safe for some four billion messages under one key and no more.
///
/// Computed by libsodium where the processor has instructions for it. Elsewhere by swift-crypto, which leaves the expanded
/// key on the heap until something else is written there.
public enum AESGCM {
    public static let keyByteCount = SodiumAEAD.keyByteCount
    public static let nonceByteCount = 12
    /// Bytes that a ciphertext is longer than its plaintext: the tag.
    public static let overhead = SodiumAEAD.tagByteCount

    /// Nil on processors without instructions for it.
    static let cipher: SodiumAEAD? = {
        Sodium.prepare()
        guard crypto_aead_aes256gcm_is_available() != 0 else { return nil }
        return SodiumAEAD(
            nonceByteCount: nonceByteCount, encryption: crypto_aead_aes256gcm_encrypt,
            decryption: crypto_aead_aes256gcm_decrypt)
    }()

    /// Encrypts `plaintext` and authenticates `context` with it.
    /// - Parameters:
    ///   - key: 32 bytes.
    ///   - nonce: 12 bytes, never twice with one key.
    /// - Returns: the ciphertext, then the tag.
    /// - Throws: `CryptoError(.invalidArgument)` for a wrong length.
    public static func seal(
        _ plaintext: [UInt8], key: SecretBytes, nonce: [UInt8], authenticating context: [UInt8] = []
    ) throws(CryptoError) -> [UInt8] {
        guard let cipher else {
            return try PortableAESGCM.seal(plaintext, key: key, nonce: nonce, authenticating: context)
        }
        return try cipher.seal(plaintext, key: key, nonce: nonce, authenticating: context)
    }

    /// Decrypts what `seal` made of the same key, nonce and context.
    /// - Throws: `CryptoError`: `.invalidArgument` for a key or nonce of wrong length, `.tooShort`, `.failed`.
    public static func open(
        _ ciphertext: [UInt8], key: SecretBytes, nonce: [UInt8], authenticating context: [UInt8] = []
    ) throws(CryptoError) -> [UInt8] {
        try CryptoError.require("nonce", nonce, count: nonceByteCount)
        return try open(ciphertext[...], key: key, nonce: nonce[...], authenticating: context)
    }

    private static func open(
        _ ciphertext: ArraySlice<UInt8>, key: SecretBytes, nonce: ArraySlice<UInt8>, authenticating context: [UInt8]
    ) throws(CryptoError) -> [UInt8] {
        guard let cipher else {
            return try PortableAESGCM.open(ciphertext, key: key, nonce: nonce, authenticating: context)
        }
        return try cipher.open(ciphertext, key: key, nonce: nonce, authenticating: context)
    }
}

/// The form in which the nonce stands in front of the ciphertext.
extension AESGCM {
    /// Nonce, ciphertext, tag; the nonce is drawn from `random`.
    static func sealWithNonce(
        _ plaintext: [UInt8], key: SecretBytes, random: some RandomSource
    ) throws(CryptoError) -> [UInt8] {
        guard let cipher else {
            let nonce = random.bytes(nonceByteCount)
            return nonce + (try PortableAESGCM.seal(plaintext, key: key, nonce: nonce, authenticating: []))
        }
        return try cipher.sealWithNonce(plaintext, key: key, random: random)
    }

    /// Opens nonce, ciphertext, tag. Where the nonce is cut short, nothing is left for the tag, which is refused.
    static func openWithNonce(_ sealed: [UInt8], key: SecretBytes) throws(CryptoError) -> [UInt8] {
        try open(
            sealed.dropFirst(nonceByteCount), key: key, nonce: sealed.prefix(nonceByteCount), authenticating: [])
    }
}
