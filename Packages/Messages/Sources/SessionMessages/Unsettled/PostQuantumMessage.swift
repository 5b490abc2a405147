import SessionCrypto
import SessionInterfaces

/// Messages from one account to another in the second form: no envelope, and a seal that a quantum computer does not
/// open. Read only. Follows protocol document 01, section 3.6.
enum PostQuantumMessage {
    private static let hashPersonal = Array("SessionV2Message".utf8)

    /// Whether `data` begins as the form does.
    static func isPresent(in data: [UInt8]) -> Bool { data.starts(with: PostQuantumSeal.beginning) }

    static func decode(
        _ data: [UInt8], with keys: AccountKeys, forwardSecrecyKeys: [ForwardSecrecyKeys]
    ) throws(MessagesError) -> ReceivedMessage {
        guard data.count <= MessageLimits.storedByteCount else {
            throw MessagesError(.messageTooLarge, "the message has more bytes than a swarm stores")
        }
        let inner = try open(data, with: keys, forwardSecrecyKeys: forwardSecrecyKeys)
        guard let end = inner.lastIndex(where: { $0 != 0 }), let parts = Bencoded(Array(inner[...end])),
            let author = parts["S"]?.bytes, let serialized = parts["c"]?.bytes, let signature = parts["~"]?.bytes
        else { throw MessagesError(.malformedWrapper, "the message's wrapper cannot be read") }
        guard let senderKey = Ed25519PublicKey(author), let twin = try? Ed25519.x25519PublicKey(of: senderKey) else {
            throw MessagesError(.badSenderKey, "the sender's key belongs to no account")
        }
        let hash = BLAKE2b.hash(
            parts.bytes(before: "~"), size: 64, key: keys.accountID.bytes, personal: hashPersonal)
        guard Ed25519.verify(signature, of: hash, by: senderKey) else {
            throw MessagesError(.badSignature, "the content is not signed for this account")
        }
        let content = try MessageContent(serialized: serialized)
        guard let sentAt = content.sentAt else {
            throw MessagesError(.invalidTimestamp, "the content does not say when it was sent")
        }
        let proSignature = parts["~P"]?.bytes
        guard proSignature.map({ $0.count == Ed25519.signatureByteCount }) ?? true else {
            throw MessagesError(.proSignatureSize, "the message's Pro signature has not 64 bytes")
        }
        if proSignature != nil { try content.protobuf.validateProMessage() }
        return ReceivedMessage(
            sender: AccountID(standard: twin), senderKey: senderKey, content: content, sentAt: sentAt,
            proSignature: proSignature)
    }

    private static func open(
        _ data: [UInt8], with keys: AccountKeys, forwardSecrecyKeys: [ForwardSecrecyKeys]
    ) throws(MessagesError) -> [UInt8] {
        do {
            return try PostQuantumSeal.open(data, with: keys.x25519, forwardSecrecyKeys: forwardSecrecyKeys)
        } catch {
            switch error.code {
            case .tooShort: throw MessagesError(.tooShort, "the sealed content is too short")
            case .invalidArgument: throw MessagesError(.malformedWrapper, "the message's wrapper cannot be read")
            default: throw MessagesError(.decryptionFailed, "the content cannot be decrypted")
            }
        }
    }
}

extension Bencoded {
    /// How a dictionary begins, up to where `key` stands or would stand: what a signature under `key` covers.
    func bytes(before key: String) -> [UInt8] {
        guard case .dictionary(let entries) = self else { return [] }
        let earlier = entries.filter { $0.key.lexicographicallyPrecedes(key.utf8) }
        return Bencoded.dictionary(earlier).encoded.dropLast()
    }
}
