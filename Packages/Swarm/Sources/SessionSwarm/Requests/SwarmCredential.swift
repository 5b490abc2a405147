public import SessionCrypto
import SessionInterfaces

/// In whose right a request is made. Follows protocol document 02, section 4.2.
public enum SwarmCredential: Sendable {
    /// The key of the account itself.
    case owner(Ed25519KeyPair)

    /// The request's parameters that prove the right, signature included.
    /// - Throws: `SwarmError(.invalidRequest)` when the key is not the account's.
    func parameters(for account: AccountID, signing text: SignedText) throws(SwarmError) -> [String: JSONValue] {
        switch self {
        case .owner(let keys):
            guard Self.isKey(keys, of: account) else {
                throw SwarmError(.invalidRequest, "the credential is not the key of the account")
            }
            var parameters: [String: JSONValue] = ["signature": .string(Base64.encode(keys.sign(text.bytes)))]
            // An account ID of this kind holds the X25519 twin, from which the signing key cannot be had.
            if account.prefix == .standard { parameters["pubkey_ed25519"] = .string(keys.publicKey.hex) }
            return parameters
        }
    }

    private static func isKey(_ keys: Ed25519KeyPair, of account: AccountID) -> Bool {
        account.prefix == .standard
            ? keys.x25519.publicKey.bytes == account.key : keys.publicKey.bytes == account.key
    }
}
