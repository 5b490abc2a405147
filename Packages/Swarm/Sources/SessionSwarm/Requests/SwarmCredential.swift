public import SessionCrypto
import SessionInterfaces

/// In whose right a request is made. Follows protocol document 02, section 4.2.
public enum SwarmCredential: Sendable {
    /// The key of the account itself.
    case owner(Ed25519KeyPair)
    /// A right that a group has granted to a member.
    case subaccount(SubaccountKey)

    /// The request's parameters that prove the right, signature included.
    /// - Parameter rights: what the request needs.
    /// - Throws: `SwarmError(.invalidRequest)` when the key is not the account's, or the grant is not the group's or
    ///   does not give the rights.
    func parameters(
        for account: AccountID, signing text: SignedText, needing rights: SubaccountToken.Rights
    ) throws(SwarmError) -> [String: JSONValue] {
        var parameters: [String: JSONValue] = [
            "signature": .string(Base64.encode(try signature(of: text, for: account, needing: rights)))
        ]
        switch self {
        case .owner(let keys):
            // An account ID of this kind holds the X25519 twin, from which the signing key cannot be had.
            if account.prefix == .standard { parameters["pubkey_ed25519"] = .string(keys.publicKey.hex) }
        case .subaccount(let key):
            parameters["subaccount"] = .string(Base64.encode(key.token))
            parameters["subaccount_sig"] = .string(Base64.encode(key.tokenSignature))
        }
        return parameters
    }

    /// The signature of a request's text, 64 bytes.
    /// - Throws: as `parameters` does.
    func signature(
        of text: SignedText, for account: AccountID, needing rights: SubaccountToken.Rights
    ) throws(SwarmError) -> [UInt8] {
        switch self {
        case .owner(let keys):
            guard Self.isKey(keys, of: account) else {
                throw SwarmError(.invalidRequest, "the credential is not the key of the account")
            }
            return keys.sign(text.bytes)
        case .subaccount(let key):
            guard account.prefix == .group,
                Ed25519.verify(key.tokenSignature, of: key.token, by: Ed25519PublicKey(account.key))
            else { throw SwarmError(.invalidRequest, "the credential was not granted by the account") }
            guard key.rights.isSuperset(of: rights) else {
                throw SwarmError(.invalidRequest, "the credential does not give the right that is needed")
            }
            return key.sign(text.bytes)
        }
    }

    private static func isKey(_ keys: Ed25519KeyPair, of account: AccountID) -> Bool {
        account.prefix == .standard
            ? keys.x25519.publicKey.bytes == account.key : keys.publicKey.bytes == account.key
    }
}
