import SessionCrypto
import SessionInterfaces

/// What an administrator signs with the group's key, so that members need not believe one another.
/// Follows protocol document 03, section 4.11.
enum GroupSignature {
    /// - Parameter group: A group's ID; no other kind of ID signs anything here.
    static func isValid(_ signature: [UInt8], of text: String, by group: AccountID) -> Bool {
        group.prefix == .group
            && Ed25519.verify(signature, of: Array(text.utf8), by: Ed25519PublicKey(group.key))
    }

    static func sign(_ text: String, with groupKeys: Ed25519KeyPair) -> [UInt8] {
        groupKeys.sign(Array(text.utf8))
    }

    static func checked(_ signature: some Collection<UInt8>) throws(MessagesError) -> [UInt8] {
        guard signature.count == Ed25519.signatureByteCount else {
            throw .invalid("the administrator's signature has not 64 bytes")
        }
        return Array(signature)
    }

    static func members(_ texts: [String]) throws(MessagesError) -> [AccountID] {
        var members: [AccountID] = []
        for text in texts {
            guard let member = try? AccountID(text) else { throw .invalid("a member's ID is no account ID") }
            members.append(member)
        }
        return members
    }
}
