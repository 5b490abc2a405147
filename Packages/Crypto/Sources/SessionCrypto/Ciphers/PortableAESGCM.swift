import Crypto
import FoundationEssentials

/// AES-256-GCM by swift-crypto, for processors on which libsodium does not offer it.
enum PortableAESGCM {
    static func seal(
        _ plaintext: [UInt8], key: SecretBytes, nonce: [UInt8], authenticating context: [UInt8]
    ) throws(CryptoError) -> [UInt8] {
        try CryptoError.require("key", key, count: AESGCM.keyByteCount)
        try CryptoError.require("nonce", nonce, count: AESGCM.nonceByteCount)
        let box = try? AES.GCM.seal(
            plaintext, using: SymmetricKey(key), nonce: AES.GCM.Nonce(data: nonce), authenticating: context)
        guard let box else { throw CryptoError(.failed, "the plaintext cannot be encrypted") }
        return [UInt8](box.ciphertext) + [UInt8](box.tag)
    }

    static func open(
        _ ciphertext: ArraySlice<UInt8>, key: SecretBytes, nonce: ArraySlice<UInt8>, authenticating context: [UInt8]
    ) throws(CryptoError) -> [UInt8] {
        try CryptoError.require("key", key, count: AESGCM.keyByteCount)
        guard ciphertext.count >= AESGCM.overhead else {
            throw CryptoError(.tooShort, "the ciphertext is too short")
        }
        do {
            let box = try AES.GCM.SealedBox(
                nonce: AES.GCM.Nonce(data: nonce), ciphertext: ciphertext.dropLast(AESGCM.overhead),
                tag: ciphertext.suffix(AESGCM.overhead))
            return [UInt8](try AES.GCM.open(box, using: SymmetricKey(key), authenticating: context))
        } catch {
            throw .undecryptable
        }
    }
}

extension SymmetricKey {
    /// A copy, which swift-crypto overwrites at release.
    init(_ key: SecretBytes) { self = key.withUnsafeBytes { SymmetricKey(data: $0) } }
}
