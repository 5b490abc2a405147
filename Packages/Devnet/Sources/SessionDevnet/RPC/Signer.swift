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
    /// - Parameter subaccounts: Whether somebody else may sign in the account's stead.
    init?(_ parameters: Parameters, account: AccountKey, subaccounts: Bool = true) throws(RPCAnswer) {
        guard let value = parameters["signature"] else { return nil }
        accountKey = try Self.accountKey(in: parameters, account: account)
        signature = try Self.signature(value)
        authority = subaccounts ? try Self.authority(in: parameters) : .account
    }

    /// The account of a call that has to be signed, and who signs it.
    static func required(
        in parameters: Parameters, subaccounts: Bool = true
    ) throws(RPCAnswer) -> (account: AccountKey, signer: Signer) {
        let account = try parameters.account()
        guard let signer = try Signer(parameters, account: account, subaccounts: subaccounts) else {
            throw .missing("signature")
        }
        return (account, signer)
    }

    /// What a token allows; nil when the account itself signs.
    var rights: SubaccountToken.Rights? {
        switch authority {
        case .account: nil
        case .subaccount(let token, _): SubaccountToken.Rights(rawValue: token.bytes[1])
        case .nothing: []
        }
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

    /// The same at a node, which knows what the account has revoked.
    func signed(
        _ text: SignedText, for account: AccountKey, needing rights: SubaccountToken.Rights, at node: StorageNode
    ) async throws -> Bool {
        if case .subaccount(let token, _) = authority,
            try await node.messages.revokedTokens(of: account).contains(token)
        {
            return false
        }
        return signed(text, for: account, needing: rights)
    }

    /// The key that verifies for the account; nil when the one that was given is not behind it.
    private func owner(of account: AccountKey) -> Ed25519PublicKey? {
        guard let accountKey else { return Ed25519PublicKey(account.key) }
        let converted = try? Ed25519.x25519PublicKey(of: accountKey)
        return converted?.bytes == account.key ? accountKey : nil
    }
}

extension SubaccountToken {
    func grants(_ rights: Rights, on account: AccountKey) -> Bool {
        let granted = Rights(rawValue: bytes[1])
        return (bytes[0] == account.prefix || granted.contains(.anyPrefix)) && granted.isSuperset(of: rights)
    }

    /// 36 raw bytes, 48 characters of base64, or 72 hexadecimal digits.
    init?(_ value: Parameters.Value) {
        if let bytes = value.bytes, let token = SubaccountToken(bytes: bytes) {
            self = token
        } else {
            guard let text = value.text,
                let bytes = text.utf8.count == 2 * Self.byteCount ? Hex.decode(text) : Base64.decode(text)
            else { return nil }
            self.init(bytes: bytes)
        }
    }
}

extension Signer {
    private static func authority(in parameters: Parameters) throws(RPCAnswer) -> Authority {
        guard let value = parameters["subaccount"], value.text?.isEmpty != true else { return .account }
        guard let signatureValue = parameters["subaccount_sig"] else {
            throw .invalid("invalid subaccount: subaccount_sig is required when using subaccount")
        }
        let signature = try signature(signatureValue)
        // A text of the right length is taken, and found out to be no token when it is verified.
        let length = value.bytes?.count ?? value.text?.utf8.count ?? 0
        guard [SubaccountToken.byteCount, 48, 72].contains(length) else {
            throw .invalid("invalid subaccount: expected 48 base64 or 72 hex characters")
        }
        return SubaccountToken(value).map { .subaccount($0, signature: signature) } ?? .nothing
    }

    private static func accountKey(
        in parameters: Parameters, account: AccountKey
    ) throws(RPCAnswer) -> Ed25519PublicKey? {
        guard let value = parameters["pubkey_ed25519"] else { return nil }
        guard account.prefix == AccountID.Prefix.standard.rawValue else {
            throw .invalid("pubkey_ed25519 is only permitted for 05[...] pubkeys")
        }
        if let bytes = value.bytes, let key = Ed25519PublicKey(bytes) { return key }
        guard let text = value.text, text.utf8.count == 64 else {
            throw .invalid("Invalid pubkey_ed25519: expected 64 hex char or 32 byte pubkey")
        }
        guard let key = Ed25519PublicKey(hex: text) else { throw .invalid("invalid pubkey_ed25519: value is not hex") }
        return key
    }

    private static func signature(_ value: Parameters.Value) throws(RPCAnswer) -> [UInt8] {
        if let bytes = value.bytes, bytes.count == Ed25519.signatureByteCount { return bytes }
        guard let text = value.text, text.utf8.count == 86 || text.utf8.count == 88, let bytes = Base64.decode(text),
            bytes.count == Ed25519.signatureByteCount
        else {
            throw .invalid("invalid signature: expected base64 encoded Ed25519 signature")
        }
        return bytes
    }
}
