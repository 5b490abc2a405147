import SessionInterfaces

/// The keys that an account publishes for a while, so that what was sealed to them cannot be opened once they are
/// forgotten. Follows protocol document 01, section 3.6: a form that is not settled.
public struct ForwardSecrecyKeys: Sendable {
    public static let seedByteCount = 32

    /// Whose keys a seed makes.
    public enum Holder: Sendable {
        /// All devices of the account.
        case account
        /// One device.
        case device
    }

    public let x25519: X25519KeyPair
    public let mlkem768: MLKEM768KeyPair

    /// - Parameter seed: 32 bytes.
    /// - Throws: `CryptoError(.invalidArgument)` for another length.
    public init(seed: SecretBytes, of holder: Holder = .account) throws(CryptoError) {
        try CryptoError.require("seed", seed, count: Self.seedByteCount)
        let label = holder == .account ? "SessionAccountKeys" : "SessionDeviceKeys"
        let count = X25519KeyPair.secretKeyByteCount
        let drawn = SHAKE256.secret(
            count: count + MLKEM768KeyPair.seedByteCount, from: [SecretBytes(Array(label.utf8)), seed])
        x25519 = try X25519KeyPair(secretKey: drawn.part(0..<count))
        mlkem768 = try MLKEM768KeyPair(seed: drawn.part(count..<drawn.count))
    }
}
