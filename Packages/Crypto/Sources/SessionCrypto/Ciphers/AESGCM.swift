import Crypto
import FoundationEssentials
import SessionInterfaces

/// Authenticated encryption with AES-256-GCM, for peers that ask for it. Prefer `XChaCha20Poly1305` elsewhere: with a
/// nonce as short as this one, random nonces are safe for some four billion messages under one key and no more. And
/// swift-crypto leaves the expanded key on the heap until something else is written there.
public enum AESGCM {
    public static let keyByteCount = 32
    public static let nonceByteCount = 12
    /// Bytes that a ciphertext is longer than its plaintext: the tag.
    public static let overhead = 16

    /// Encrypts `plaintext` and authenticates `context` with it.
    /// - Parameters:
    ///   - key: 32 bytes.
    ///   - nonce: 12 bytes, never twice with one key.
    /// - Returns: the ciphertext, then the tag.
    /// - Throws: `CryptoError(.invalidArgument)` for a wrong length.
    public static func seal(
        _ plaintext: [UInt8], key: SecretBytes, nonce: [UInt8], authenticating context: [UInt8] = []
    ) throws(CryptoError) -> [UInt8] {
        [UInt8](try combined(plaintext, key: key, nonce: nonce, authenticating: context).dropFirst(nonceByteCount))
    }

    /// Decrypts what `seal` made of the same key, nonce and context.
    /// - Throws: `CryptoError`: `.invalidArgument` for a key or nonce of wrong length, `.tooShort`, `.failed`.
    public static func open(
        _ ciphertext: [UInt8], key: SecretBytes, nonce: [UInt8], authenticating context: [UInt8] = []
    ) throws(CryptoError) -> [UInt8] {
        try CryptoError.require("nonce", nonce, count: nonceByteCount)
        return try open(ciphertext[...], key: key, nonce: nonce[...], authenticating: context)
    }

    /// Nonce, ciphertext, tag.
    private static func combined(
        _ plaintext: [UInt8], key: SecretBytes, nonce: [UInt8], authenticating context: [UInt8]
    ) throws(CryptoError) -> Data {
        try CryptoError.require("key", key, count: keyByteCount)
        try CryptoError.require("nonce", nonce, count: nonceByteCount)
        let box = try? AES.GCM.seal(
            plaintext, using: symmetricKey(key), nonce: AES.GCM.Nonce(data: nonce), authenticating: context)
        guard let combined = box?.combined else { throw CryptoError(.failed, "the plaintext cannot be encrypted") }
        return combined
    }

    private static func open(
        _ ciphertext: ArraySlice<UInt8>, key: SecretBytes, nonce: ArraySlice<UInt8>, authenticating context: [UInt8]
    ) throws(CryptoError) -> [UInt8] {
        try CryptoError.require("key", key, count: keyByteCount)
        guard ciphertext.count >= overhead else { throw CryptoError(.tooShort, "the ciphertext is too short") }
        do {
            let box = try AES.GCM.SealedBox(
                nonce: AES.GCM.Nonce(data: nonce), ciphertext: ciphertext.dropLast(overhead),
                tag: ciphertext.suffix(overhead))
            return [UInt8](try AES.GCM.open(box, using: symmetricKey(key), authenticating: context))
        } catch {
            throw .undecryptable
        }
    }

    static func symmetricKey(_ key: SecretBytes) -> SymmetricKey {
        key.withUnsafeBytes { SymmetricKey(data: $0) }
    }
}

/// The form in which the nonce stands in front of the ciphertext.
extension AESGCM {
    /// Nonce, ciphertext, tag; the nonce is drawn from `random`.
    static func sealWithNonce(
        _ plaintext: [UInt8], key: SecretBytes, random: some RandomSource
    ) throws(CryptoError) -> [UInt8] {
        [UInt8](try combined(plaintext, key: key, nonce: random.bytes(nonceByteCount), authenticating: []))
    }

    /// Opens nonce, ciphertext, tag. Where the nonce is cut short, nothing is left for the tag, which is refused.
    static func openWithNonce(_ sealed: [UInt8], key: SecretBytes) throws(CryptoError) -> [UInt8] {
        try open(
            sealed.dropFirst(nonceByteCount), key: key, nonce: sealed.prefix(nonceByteCount), authenticating: [])
    }
}
