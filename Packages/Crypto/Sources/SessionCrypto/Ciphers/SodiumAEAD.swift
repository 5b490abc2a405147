import CSodium
import SessionInterfaces

/// An authenticated cipher of libsodium: they all have functions of one form, keys of 32 bytes, and a tag of 16 bytes
/// behind the ciphertext. Each wipes what it makes of the key.
struct SodiumAEAD: Sendable {
    typealias Encryption =
        @Sendable @convention(c) (
            UnsafeMutablePointer<UInt8>, UnsafeMutablePointer<UInt64>?, UnsafePointer<UInt8>?, UInt64,
            UnsafePointer<UInt8>?, UInt64, UnsafePointer<UInt8>?, UnsafePointer<UInt8>, UnsafePointer<UInt8>
        ) -> CInt
    typealias Decryption =
        @Sendable @convention(c) (
            UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<UInt64>?, UnsafeMutablePointer<UInt8>?,
            UnsafePointer<UInt8>, UInt64, UnsafePointer<UInt8>?, UInt64, UnsafePointer<UInt8>, UnsafePointer<UInt8>
        ) -> CInt

    static let keyByteCount = 32
    static let tagByteCount = 16

    let nonceByteCount: Int
    let encryption: Encryption
    let decryption: Decryption

    /// Ciphertext and tag.
    func seal(
        _ plaintext: [UInt8], key: SecretBytes, nonce: [UInt8], authenticating context: [UInt8]
    ) throws(CryptoError) -> [UInt8] {
        try CryptoError.require("key", key, count: Self.keyByteCount)
        try CryptoError.require("nonce", nonce, count: nonceByteCount)
        return [UInt8](unsafeUninitializedCapacity: plaintext.count + Self.tagByteCount) { output, initialized in
            encrypt(plaintext, key, nonce: nonce, context, to: UnsafeMutableRawBufferPointer(output).bytes)
            initialized = output.count
        }
    }

    /// Nonce, ciphertext and tag; the nonce is drawn from `random`.
    func sealWithNonce(
        _ plaintext: [UInt8], key: SecretBytes, random: some RandomSource
    ) throws(CryptoError) -> [UInt8] {
        try CryptoError.require("key", key, count: Self.keyByteCount)
        let count = nonceByteCount + plaintext.count + Self.tagByteCount
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            let output = UnsafeMutableRawBufferPointer(buffer)
            let nonce = UnsafeMutableRawBufferPointer(rebasing: output[..<nonceByteCount])
            random.fill(nonce)
            encrypt(plaintext, key, nonce: nonce.bytes, [], to: output.from(nonceByteCount).bytes)
            initialized = count
        }
    }

    /// Opens ciphertext and tag.
    func open(
        _ ciphertext: ArraySlice<UInt8>, key: SecretBytes, nonce: ArraySlice<UInt8>, authenticating context: [UInt8]
    ) throws(CryptoError) -> [UInt8] {
        try CryptoError.require("key", key, count: Self.keyByteCount)
        guard ciphertext.count >= Self.tagByteCount else {
            throw CryptoError(.tooShort, "the ciphertext is too short")
        }
        Sodium.prepare()
        let count = ciphertext.count - Self.tagByteCount
        var isAuthentic = false
        let plaintext = [UInt8](unsafeUninitializedCapacity: count) { output, initialized in
            isAuthentic = key.withUnsafeBytes { key in
                ciphertext.withUnsafeBytes { ciphertext in
                    nonce.withUnsafeBytes { nonce in
                        decryption(
                            UnsafeMutableRawBufferPointer(output).bytes, nil, nil,
                            ciphertext.bytes, UInt64(ciphertext.count), context, UInt64(context.count),
                            nonce.bytes, key.bytes) == 0
                    }
                }
            }
            initialized = isAuthentic ? count : 0
        }
        guard isAuthentic else { throw .undecryptable }
        return plaintext
    }

    private func encrypt(
        _ plaintext: [UInt8], _ key: SecretBytes, nonce: UnsafePointer<UInt8>, _ context: [UInt8],
        to output: UnsafeMutablePointer<UInt8>
    ) {
        Sodium.prepare()
        key.withUnsafeBytes { key in
            _ = encryption(
                output, nil, plaintext, UInt64(plaintext.count), context, UInt64(context.count), nil, nonce, key.bytes)
        }
    }
}
