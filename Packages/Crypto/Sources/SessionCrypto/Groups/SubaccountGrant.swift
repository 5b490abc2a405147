import SessionInterfaces

/// The right of one account to act in a group's swarm, made by an admin and handed to the account, 100 bytes. Follows
/// protocol document 03, section 4.6.
public struct SubaccountGrant: Hashable, Sendable {
    public static let byteCount = tokenHeadByteCount + Scalar.byteCount + Ed25519.signatureByteCount
    /// Bytes of the token by which swarms know the grant.
    public static let tokenByteCount = tokenHeadByteCount + Bytes32.byteCount

    /// Bytes before the key: prefix, rights, two of zero.
    static let tokenHeadByteCount = 4

    /// What a grant allows.
    public struct Rights: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8

        public init(rawValue: UInt8) { self.rawValue = rawValue }

        public static let read = Rights(rawValue: 1)
        public static let write = Rights(rawValue: 2)
        public static let delete = Rights(rawValue: 4)
        /// The grant serves swarms of every prefix.
        public static let anyPrefix = Rights(rawValue: 8)
    }

    public let bytes: [UInt8]

    /// Nil unless `bytes` are 100 bytes. Whether they are any good is for `SubaccountKey` to say.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    /// Makes the grant of a group for a member.
    /// - Parameters:
    ///   - member: an account (prefix `05`).
    ///   - group: the group's own key.
    /// - Throws: `CryptoError`: `.invalidArgument` when `member` is no account, `.badPublicKey` when its key makes no
    ///   point.
    public init(
        for member: AccountID, _ rights: Rights = [.read, .write], by group: Ed25519KeyPair
    ) throws(CryptoError) {
        let factor = try Self.factor(for: member, by: group)
        let token = try Self.token(for: member, rights, factor)
        bytes =
            token.prefix(Self.tokenHeadByteCount) + factor.bytes.withUnsafeBytes { [UInt8]($0) } + group.sign(token)
    }

    /// The token of a member's grant, 36 bytes: what an admin revokes.
    /// - Throws: `CryptoError`, as `init(for:_:by:)` does.
    public static func token(
        for member: AccountID, _ rights: Rights = [.read, .write], by group: Ed25519KeyPair
    ) throws(CryptoError) -> [UInt8] {
        try token(for: member, rights, factor(for: member, by: group))
    }

    public var prefixByte: UInt8 { bytes[0] }
    public var rights: Rights { Rights(rawValue: bytes[1]) }
    /// What the member's key is multiplied with.
    var factor: Scalar { Scalar(copying: bytes[Self.tokenHeadByteCount...].prefix(Scalar.byteCount)) }
    /// The group's signature of the token.
    public var signature: [UInt8] { Array(bytes.suffix(Ed25519.signatureByteCount)) }

    private static func factor(for member: AccountID, by group: Ed25519KeyPair) throws(CryptoError) -> Scalar {
        guard member.prefix == .standard else {
            throw CryptoError(.invalidArgument, "only accounts, whose IDs begin with 05, are granted rights")
        }
        let mask = group.derivedSecret(key: "SessionGroupSubaccountMask")
        let groupID = AccountID(prefix: .group, key: group.publicKey.bytes)
        return Scalar(blake2b: member.bytes + groupID.bytes, key: mask)
    }

    private static func token(
        for member: AccountID, _ rights: Rights, _ factor: Scalar
    ) throws(CryptoError) -> [UInt8] {
        let twin = try X25519.nonNegativeEd25519PublicKey(of: X25519PublicKey(member.key))
        let head = [AccountID.Prefix.group.rawValue, rights.rawValue, 0, 0]
        return head + (try factor.multiplied(by: twin.bytes)).bytes
    }
}
