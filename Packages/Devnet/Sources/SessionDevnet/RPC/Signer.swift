import SessionCrypto
import SessionInterfaces

/// Who signs a call, and how. Follows protocol document 02, section 4.2.
struct Signer: Sendable {
    private let signature: [UInt8]
    /// The Ed25519 key behind a `05` account, whose own key is X25519.
    private let accountKey: Ed25519PublicKey?
    private let subaccount: Subaccount?

    /// What a call does to the account; a subaccount needs a flag for each.
    struct Rights: OptionSet, Sendable {
        let rawValue: UInt8

        static let read = Rights(rawValue: 1)
        static let write = Rights(rawValue: 2)
        static let delete = Rights(rawValue: 4)
        static let anyPrefix = Rights(rawValue: 8)
    }

    /// Nil when the call is not signed.
    init?(_ parameters: Parameters, account: AccountKey) throws(RPCAnswer) {
        guard let signature = try Self.signature("signature", in: parameters) else { return nil }
        self.signature = signature
        accountKey = try Self.accountKey(in: parameters, account: account)
        subaccount = try Self.subaccount(in: parameters)
    }

    /// Whether the account, or a subaccount with `rights`, signed `text`.
    func signed(_ text: [UInt8], for account: AccountKey, needing rights: Rights) -> Bool {
        guard let owner = owner(of: account) else { return false }
        guard let subaccount else { return Ed25519.verify(signature, of: text, by: owner) }
        return subaccount.grants(rights, on: account, by: owner)
            && Ed25519.verify(signature, of: text, by: subaccount.key)
    }

    private func owner(of account: AccountKey) -> Ed25519PublicKey? {
        guard let accountKey else { return Ed25519PublicKey(account.key) }
        guard let converted = try? Ed25519.x25519PublicKey(of: accountKey), converted.bytes == account.key else {
            return nil
        }
        return accountKey
    }
}

extension Signer {
    /// A token by which an account lets another key act for it.
    fileprivate struct Subaccount: Sendable {
        let token: [UInt8]
        /// The account's signature over the token.
        let signature: [UInt8]
        let key: Ed25519PublicKey

        func grants(_ rights: Rights, on account: AccountKey, by owner: Ed25519PublicKey) -> Bool {
            let granted = Rights(rawValue: token[1])
            return (token[0] == account.prefix || granted.contains(.anyPrefix)) && granted.isSuperset(of: rights)
                && Ed25519.verify(signature, of: token, by: owner)
        }
    }

    private static func subaccount(in parameters: Parameters) throws(RPCAnswer) -> Subaccount? {
        guard let text = try parameters.string("subaccount"), !text.isEmpty else { return nil }
        guard let signature = try signature("subaccount_sig", in: parameters) else {
            throw .invalid("invalid subaccount: subaccount_sig is required when using subaccount")
        }
        let token = text.utf8.count == 72 ? Hex.decode(text) : Base64.decode(text)
        // A token of another size is refused like one that proves nothing, not like a malformed parameter.
        guard let token, token.count == 36, let key = Ed25519PublicKey(token.dropFirst(4)) else {
            return Subaccount(token: [0, 0], signature: [], key: Ed25519PublicKey(Bytes32()))
        }
        return Subaccount(token: token, signature: signature, key: key)
    }

    private static func accountKey(in parameters: Parameters, account: AccountKey) throws(RPCAnswer)
        -> Ed25519PublicKey?
    {
        guard let text = try parameters.string("pubkey_ed25519") else { return nil }
        guard account.prefix == AccountKey.standardPrefix else {
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
        guard text.utf8.count == 86 || text.utf8.count == 88, let bytes = Base64.decode(text), bytes.count == 64 else {
            throw .invalid("invalid signature: expected base64 encoded Ed25519 signature")
        }
        return bytes
    }
}
