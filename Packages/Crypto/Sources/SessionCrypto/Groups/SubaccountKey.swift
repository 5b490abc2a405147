import SessionInterfaces

/// A member's key for requests to a group's swarm. Follows protocol document 03, section 4.6.
public struct SubaccountKey: Sendable {
    /// Signs requests: no swarm can connect it with the account.
    public let publicKey: Ed25519PublicKey
    public let rights: SubaccountGrant.Rights
    /// Sent with each request, 36 bytes.
    public let token: [UInt8]
    /// The group's signature of the token, 64 bytes, which is sent along.
    public let tokenSignature: [UInt8]
    private let secrets: ScalarSecrets

    /// Checks a grant and takes it into use.
    /// - Parameters:
    ///   - group: the group's ID (prefix `03`).
    ///   - required: rights that the grant must give.
    /// - Throws: `CryptoError`: `.invalidArgument` when `group` is no group, or the grant is for others than groups or
    ///   lacks a right; `.badSignature` when the group did not make it for `member`.
    public init(
        _ grant: SubaccountGrant, of member: Ed25519KeyPair, in group: AccountID,
        requiring required: SubaccountGrant.Rights = .read
    ) throws(CryptoError) {
        guard group.prefix == .group else {
            throw CryptoError(.invalidArgument, "only groups, whose IDs begin with 03, grant rights to members")
        }
        guard grant.prefixByte == group.prefix.rawValue || grant.rights.contains(.anyPrefix) else {
            throw CryptoError(.invalidArgument, "the grant is not for groups")
        }
        guard grant.rights.isSuperset(of: required) else {
            throw CryptoError(.invalidArgument, "the grant lacks a right that is needed")
        }
        let own = Scalar(of: member.x25519)
        let scalar = grant.factor * (member.publicKey.bytes.hasSignBit ? -own : own)
        publicKey = Ed25519PublicKey(scalar.point)
        token = grant.bytes.prefix(SubaccountGrant.tokenHeadByteCount) + publicKey.bytes.bytes
        tokenSignature = grant.signature
        rights = grant.rights
        secrets = ScalarSecrets(scalar, nonceSecret: member.derivedSecret(key: "SubaccountSeed"), in: .guarded)
        guard Ed25519.verify(tokenSignature, of: token, by: Ed25519PublicKey(group.key)) else {
            throw CryptoError(.badSignature, "the grant is not by the group, or not for this account")
        }
    }

    /// A copy of the secret behind `publicKey`.
    var scalar: Scalar { secrets.scalar }

    /// The signature of a request's text, 64 bytes: a plain Ed25519 signature by `publicKey`. The same text always gets
    /// the same one.
    public func sign(_ text: [UInt8]) -> [UInt8] {
        let nonce = Scalar(blake2b: secrets.nonceInput(publicKey.bytes.bytes, text), key: "SubaccountSig")
        return ScalarSignature.sign(text, by: scalar, publicKey.bytes, nonce: nonce)
    }
}
