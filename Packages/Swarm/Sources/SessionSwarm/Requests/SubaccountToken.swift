public import SessionCrypto
public import SessionInterfaces

/// Permission for another key to act on an account's storage; valid with the account's signature over these 36 bytes.
/// Follows protocol document 02, section 4.2.
public struct SubaccountToken: Hashable, Sendable {
    public static let byteCount = 36

    public typealias Rights = SubaccountGrant.Rights

    public let bytes: [UInt8]

    /// Nil unless `bytes` are 36 bytes.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    /// - Parameters:
    ///   - prefix: the account's.
    ///   - key: signs what is done with the token.
    public init(_ prefix: AccountID.Prefix, _ rights: Rights, for key: Ed25519PublicKey) {
        bytes = [prefix.rawValue, rights.rawValue, 0, 0] + key.bytes.bytes
    }
}
