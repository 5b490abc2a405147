import SessionCrypto
import SessionInterfaces

/// What a group's keys message holds for a member: as much of it as reading the group's messages takes.
/// Follows protocol document 03, section 4.4.
enum GroupKeyGrant {
    static func key(
        in message: [UInt8], of group: AccountID, for member: Ed25519KeyPair
    ) throws -> SecretBytes {
        let text = message[...]
        guard let nonce = text.bytes(after: "1:#24:", count: 24), var rest = text.rest(after: "1:kl") else {
            throw VectorError(description: "the keys message is not understood")
        }
        let groupKey = try Ed25519.x25519PublicKey(of: Ed25519PublicKey(group.key))
        let shared = try member.x25519.sharedSecret(with: groupKey).withUnsafeBytes { Array($0) }
        let key = BLAKE2b.hash(
            shared + groupKey.bytes.bytes + member.x25519.publicKey.bytes.bytes,
            key: Array("SessionGroupKeyMemberKey".utf8))
        while rest.starts(with: "48:".utf8) {
            let sealed = Array(rest.dropFirst(3).prefix(48))
            if let opened = try? XChaCha20Poly1305.open(sealed, key: SecretBytes(key), nonce: nonce) {
                return SecretBytes(opened)
            }
            rest = rest.dropFirst(3 + 48)
        }
        throw VectorError(description: "the keys message holds nothing for this member")
    }
}

extension ArraySlice<UInt8> {
    /// What follows the first occurrence of `label`.
    fileprivate func rest(after label: String) -> ArraySlice<UInt8>? {
        let label = Array(label.utf8)
        return indices.first { self[$0...].starts(with: label) }.map { self[$0...].dropFirst(label.count) }
    }

    fileprivate func bytes(after label: String, count: Int) -> [UInt8]? {
        rest(after: label).flatMap { $0.count >= count ? Array($0.prefix(count)) : nil }
    }
}
