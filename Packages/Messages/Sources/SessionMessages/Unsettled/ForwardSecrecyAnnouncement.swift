import SessionCrypto
import SessionInterfaces

/// The keys that an account publishes so that messages to it can be sealed in the post-quantum form. They change every
/// half day; they lie where anyone may read them. Read only. Follows protocol document 01, section 3.6.
public struct ForwardSecrecyAnnouncement: Hashable, Sendable {
    /// Where accounts publish their keys.
    public static let namespace = Namespace(rawValue: -21)

    public let x25519: X25519PublicKey
    /// An ML-KEM-768 public key, 1184 bytes.
    public let mlkem768: [UInt8]

    /// Reads what is stored for `account`, and verifies that the account wrote it.
    /// - Parameter data: Any bytes: they may come from anyone.
    /// - Throws: `MessagesError` with `unknownVersion` unless `forms` allow it, `malformedWrapper`, `badSignature`.
    public init(_ data: [UInt8], of account: AccountID, allowing forms: UnsettledForms) throws(MessagesError) {
        try forms.require(.postQuantumMessages)
        guard let parts = Bencoded(data), let mlkem768 = parts["M"]?.bytes,
            mlkem768.count == MLKEM768KeyPair.publicKeyByteCount,
            let x25519 = parts["X"]?.bytes.flatMap({ X25519PublicKey($0) }), let signature = parts["~"]?.bytes
        else { throw MessagesError(.malformedWrapper, "the published keys cannot be read") }
        guard account.prefix == .standard,
            XEd25519.verify(signature, of: parts.bytes(before: "~"), by: X25519PublicKey(account.key))
        else { throw MessagesError(.badSignature, "the published keys are not signed by their account") }
        self.x25519 = x25519
        self.mlkem768 = mlkem768
    }
}
