import SessionInterfaces

/// What can be done with somebody else's X25519 key.
public enum X25519 {
    private static let twins = ConvertedKeys<X25519PublicKey, Ed25519PublicKey>(capacity: 8192)

    /// The Ed25519 twin of `key` whose sign bit is clear. The account's own Ed25519 key is this one, or differs from it
    /// in that bit alone. Recent answers are remembered. Follows protocol document 01, section 1.1.
    /// - Throws: `CryptoError(.badPublicKey)` for the one key that has no twin.
    public static func nonNegativeEd25519PublicKey(
        of key: X25519PublicKey
    ) throws(CryptoError) -> Ed25519PublicKey {
        try twins.twin(of: key, convert: convert)
    }

    static func convert(_ key: X25519PublicKey) throws(CryptoError) -> Ed25519PublicKey {
        // y = (u − 1) / (u + 1)
        let u = FieldElement(key.bytes)
        let divisor = u + .one
        guard divisor != .zero else {
            throw CryptoError(.badPublicKey, "the X25519 key has no Ed25519 twin")
        }
        return Ed25519PublicKey(((u - .one) * divisor.inverse).bytes)
    }
}
