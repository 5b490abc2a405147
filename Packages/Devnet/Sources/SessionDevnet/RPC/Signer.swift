import SessionCrypto
import SessionInterfaces
import SessionSwarm

/// Who signs a call, and how. Follows protocol document 02, section 4.2.
struct Signer: Sendable {
    private let signature: [UInt8]
    /// The Ed25519 key behind a `05` account, whose own key is X25519.
    private let accountKey: Ed25519PublicKey?
    private let authority: Authority

    /// What lets the signature count.
    private enum Authority: Sendable {
        /// It is the account's own.
        case account
        /// It is by the key of a token that the account has signed.
        case subaccount(SubaccountToken, signature: [UInt8])
        /// It is by the key of a token that is none.
        case nothing
    }

    /// Nil when the call is not signed.
    init?(_ parameters: Parameters, account: AccountKey) throws(RPCAnswer) {
        guard let signature = try Self.signature("signature", in: parameters) else { return nil }
        self.signature = signature
        accountKey = try Self.accountKey(in: parameters, account: account)
        authority = try Self.authority(in: parameters)
    }

    /// Whether the account, or a subaccount with `rights`, signed `text`.
    func signed(_ text: SignedText, for account: AccountKey, needing rights: SubaccountToken.Rights) -> Bool {
        guard let owner = owner(of: account) else { return false }
        switch authority {
        case .account:
            return Ed25519.verify(signature, of: text.bytes, by: owner)
        case .subaccount(let token, let tokenSignature):
            guard let key = Ed25519PublicKey(token.bytes.dropFirst(4)) else { return false }
            return token.grants(rights, on: account)
                && Ed25519.verify(tokenSignature, of: token.bytes, by: owner)
                && Ed25519.verify(signature, of: text.bytes, by: key)
        case .nothing:
            return false
        }
    }

    /// The key that verifies for the account; nil when the one that was given is not behind it.
    private func owner(of account: AccountKey) -> Ed25519PublicKey? {
        guard let accountKey else { return Ed25519PublicKey(account.key) }
        let converted = try? Ed25519.x25519PublicKey(of: accountKey)
        return converted?.bytes == account.key ? accountKey : nil
    }
}

extension SubaccountToken {
    fileprivate func grants(_ rights: Rights, on account: AccountKey) -> Bool {
        let granted = Rights(rawValue: bytes[1])
        return (bytes[0] == account.prefix || granted.contains(.anyPrefix)) && granted.isSuperset(of: rights)
    }
}

extension Signer {
    private static func authority(in parameters: Parameters) throws(RPCAnswer) -> Authority {
        guard let text = try parameters.string("subaccount"), !text.isEmpty else { return .account }
        guard let signature = try signature("subaccount_sig", in: parameters) else {
            throw .invalid("invalid subaccount: subaccount_sig is required when using subaccount")
        }
        let bytes = text.utf8.count == 2 * SubaccountToken.byteCount ? Hex.decode(text) : Base64.decode(text)
        return bytes.flatMap { SubaccountToken(bytes: $0) }.map { .subaccount($0, signature: signature) } ?? .nothing
    }

    private static func accountKey(
        in parameters: Parameters, account: AccountKey
    ) throws(RPCAnswer) -> Ed25519PublicKey? {
        guard let text = try parameters.string("pubkey_ed25519") else { return nil }
        guard account.prefix == AccountID.Prefix.standard.rawValue else {
            throw .invalid("pubkey_ed25519 is only permitted for 05[...] pubkeys")
        }
        guard text.utf8.count == 64 else {
            throw .invalid("Invalid pubkey_ed25519: expected 64 hex char or 32 byte pubkey")
        }
        guard let key = Ed25519PublicKey(hex: text) else { throw .invalid("invalid pubkey_ed25519: value is not hex") }
        return key
    }

    private static func signature(_ name: String, in parameters: Parameters) throws(RPCAnswer) -> [UInt8]? {
        guard let text = try parameters.string(name) else { return nil }
        guard text.utf8.count == 86 || text.utf8.count == 88, let bytes = Base64.decode(text),
            bytes.count == Ed25519.signatureByteCount
        else {
            throw .invalid("invalid signature: expected base64 encoded Ed25519 signature")
        }
        return bytes
    }
}
