public import SessionInterfaces

/// Permission for another key to act on an account's storage; valid with the account's signature over these 36 bytes.
/// Follows protocol document 02, section 4.2.
public struct SubaccountToken: Hashable, Sendable {
    public static let byteCount = 36

    public struct Rights: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8

        public init(rawValue: UInt8) { self.rawValue = rawValue }

        public static let read = Rights(rawValue: 1)
        public static let write = Rights(rawValue: 2)
        public static let delete = Rights(rawValue: 4)
        /// The token serves accounts of every prefix.
        public static let anyPrefix = Rights(rawValue: 8)
    }

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
