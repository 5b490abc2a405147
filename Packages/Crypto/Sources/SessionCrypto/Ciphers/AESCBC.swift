import Crypto
import CryptoExtras
import FoundationEssentials
import SessionInterfaces

/// AES-256 in the CBC mode, for what older peers send. It does not notice changes: whoever uses it checks an
/// authenticator first, as protocol document 04, section 3.1, says. Prefer `XChaCha20Poly1305` everywhere else.
public enum AESCBC {
    public static let keyByteCount = 32
    public static let ivByteCount = 16
    public static let blockByteCount = 16

    /// What fills the last block.
    public enum Padding: Hashable, Sendable, CaseIterable {
        /// One to 16 bytes, each of which is their number (PKCS#7).
        case pkcs7
        /// Nothing: the plaintext is whole blocks.
        case none
    }

    /// Encrypts `plaintext`.
    /// - Parameters:
    ///   - key: 32 bytes.
    ///   - iv: 16 bytes that nobody could foresee.
    /// - Returns: the ciphertext, whole blocks.
    /// - Throws: `CryptoError(.invalidArgument)` for a wrong length, and without padding for a plaintext that is not
    ///   whole blocks.
    public static func encrypt(
        _ plaintext: [UInt8], key: SecretBytes, iv: [UInt8], padding: Padding = .pkcs7
    ) throws(CryptoError) -> [UInt8] {
        try require(key, iv)
        guard padding == .pkcs7 || plaintext.count.isMultiple(of: blockByteCount) else {
            throw CryptoError(.invalidArgument, "the plaintext is not a multiple of 16 bytes")
        }
        do {
            return [UInt8](
                try AES._CBC.encrypt(
                    plaintext, using: SymmetricKey(key), iv: AES._CBC.IV(ivBytes: iv),
                    noPadding: padding == .none))
        } catch {
            throw CryptoError(.failed, "the plaintext cannot be encrypted")
        }
    }

    /// Decrypts `ciphertext`, and takes the padding off.
    /// - Throws: `CryptoError`: `.invalidArgument` for a key or IV of wrong length; `.failed` when the ciphertext is not
    ///   whole blocks or its padding is wrong.
    public static func decrypt(
        _ ciphertext: [UInt8], key: SecretBytes, iv: [UInt8], padding: Padding = .pkcs7
    ) throws(CryptoError) -> [UInt8] {
        try require(key, iv)
        if ciphertext.isEmpty, padding == .none { return [] }
        guard ciphertext.count.isMultiple(of: blockByteCount), !ciphertext.isEmpty else { throw .undecryptable }
        do {
            return [UInt8](
                try AES._CBC.decrypt(
                    ciphertext, using: SymmetricKey(key), iv: AES._CBC.IV(ivBytes: iv),
                    noPadding: padding == .none))
        } catch {
            throw .undecryptable
        }
    }

    private static func require(_ key: SecretBytes, _ iv: [UInt8]) throws(CryptoError) {
        try CryptoError.require("key", key, count: keyByteCount)
        try CryptoError.require("initialization vector", iv, count: ivByteCount)
    }
}

/// The form in which the initialization vector stands in front of the ciphertext.
extension AESCBC {
    /// Vector, padded ciphertext; the vector is drawn from `random`.
    static func encryptWithIV(
        _ plaintext: [UInt8], key: SecretBytes, random: some RandomSource
    ) throws(CryptoError) -> [UInt8] {
        let iv = random.bytes(ivByteCount)
        return iv + (try encrypt(plaintext, key: key, iv: iv))
    }

    static func decryptWithIV(_ sealed: [UInt8], key: SecretBytes) throws(CryptoError) -> [UInt8] {
        guard sealed.count >= ivByteCount + blockByteCount else {
            throw CryptoError(.tooShort, "the ciphertext is too short")
        }
        return try decrypt(Array(sealed[ivByteCount...]), key: key, iv: Array(sealed[..<ivByteCount]))
    }
}
