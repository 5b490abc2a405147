public import SessionCrypto
public import SessionInterfaces

/// The signatures of Oxen wallets: Schnorr's, with Keccak-256. Follows protocol document 05, section 3.5.
public enum WalletSignature {
    /// The challenge and the response, 32 bytes each.
    public static let byteCount = 64

    /// Whether `signature` is the signature of `hash` by the wallet whose spend key is `spendKey`.
    public static func verify(_ signature: [UInt8], of hash: Bytes32, by spendKey: Bytes32) -> Bool {
        guard signature.count == byteCount, let point = EdwardsPoint(spendKey),
            let challenge = CurveScalar(canonical: signature[..<32]),
            let response = CurveScalar(canonical: signature[32...])
        else { return false }
        let commitment = point.multiplied(by: challenge) + EdwardsPoint.base.multiplied(by: response)
        guard !commitment.isIdentity else { return false }
        return self.challenge(hash, spendKey, commitment.bytes).bytes == challenge.bytes
    }

    /// Signs as a wallet does. For wallets of test networks: the arithmetic takes no branches on secrets, but leaves
    /// copies of them on the stack.
    /// - Parameters:
    ///   - spendSecret: 32 bytes.
    ///   - nonce: 32 bytes, never the same for two signatures.
    @_spi(TestNetwork)
    public static func sign(_ hash: Bytes32, by spendSecret: SecretBytes, nonce: SecretBytes) -> [UInt8] {
        let secret = spendSecret.withUnsafeBytes { CurveScalar(reducing: $0) }
        let drawn = nonce.withUnsafeBytes { CurveScalar(reducing: $0) }
        let commitment = EdwardsPoint.base.multiplied(by: drawn).bytes
        let challenge = challenge(hash, EdwardsPoint.base.multiplied(by: secret).bytes, commitment)
        return challenge.bytes + (drawn + -(challenge * secret)).bytes
    }

    /// The key that belongs to a secret number of 32 bytes.
    @_spi(TestNetwork)
    public static func publicKey(of secret: SecretBytes) -> Bytes32 {
        EdwardsPoint.base.multiplied(by: secret.withUnsafeBytes { CurveScalar(reducing: $0) }).bytes
    }

    private static func challenge(_ hash: Bytes32, _ key: Bytes32, _ commitment: Bytes32) -> CurveScalar {
        CurveScalar(reducing: Keccak256.hash(hash.bytes + key.bytes + commitment.bytes))
    }
}
