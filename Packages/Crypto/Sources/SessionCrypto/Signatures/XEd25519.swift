import SessionInterfaces

/// Signatures by X25519 keys, so that the key of an account ID can sign. Follows protocol document 01, section 3.7.
public enum XEd25519 {
    /// Bytes of randomness in a signature.
    static let randomByteCount = 64
    private static let personal = Array("xed25519signatur".utf8)

    /// The signature of `message` by `pair`, 64 bytes.
    /// - Parameter random: gives 64 bytes.
    public static func sign(
        _ message: [UInt8], by pair: X25519KeyPair, random: some RandomSource = CryptoRandom()
    ) -> [UInt8] {
        let secret = Scalar(of: pair)
        let point = secret.point
        let isNegative = point.hasSignBit
        let scalar = isNegative ? -secret : secret
        let drawn = [UInt8](unsafeUninitializedCapacity: randomByteCount) { drawn, initialized in
            random.fill(UnsafeMutableRawBufferPointer(drawn))
            initialized = randomByteCount
        }
        let nonce = Scalar(blake2b: .joining(scalar.bytes, message, drawn), personal: personal)
        return ScalarSignature.sign(message, by: scalar, point.withoutSignBit, nonce: nonce)
    }

    /// Whether `signature` is `key`'s signature of `message`. Anything but 64 bytes is none.
    public static func verify(_ signature: [UInt8], of message: [UInt8], by key: X25519PublicKey) -> Bool {
        guard let twin = try? X25519.nonNegativeEd25519PublicKey(of: key) else { return false }
        return Ed25519.verify(signature, of: message, by: twin)
    }
}
