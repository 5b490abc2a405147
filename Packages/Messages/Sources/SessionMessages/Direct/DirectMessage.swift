import SessionCrypto
import SessionInterfaces

/// Messages from one account to another, or to itself, as the recipient's swarm stores them: the content is padded,
/// signed, sealed to the recipient and wrapped. Follows protocol document 01, sections 3.1 to 3.4.
public enum DirectMessage {
    /// The bytes to store in the recipient's swarm, in `Namespace.messages`.
    ///
    /// No two results are equal, even for equal arguments, unless `random` repeats itself.
    ///
    /// - Parameters:
    ///   - content: Says when it was sent; the envelope repeats that.
    ///   - recipient: An account: prefix `05`.
    /// - Throws: `MessagesError` with `invalidTimestamp` when the content has none, `invalidRecipient` or
    ///   `messageTooLarge`.
    public static func encode(
        _ content: MessageContent, from sender: AccountKeys, to recipient: AccountID, random: some RandomSource
    ) throws -> [UInt8] {
        guard let sentAt = content.sentAt else {
            throw MessagesError(.invalidTimestamp, "the content does not say when it was sent")
        }
        let sealed = try seal(content, from: sender, to: recipient, random: random)
        // A signature that means nothing, so that those with Session Pro do not stand out: its key dies here.
        let decoy = Ed25519.decoySignature(of: sealed, random: random)
        return try DirectWrapper(
            timestamp: sentAt.wireMilliseconds(), sealedContent: sealed, proSignature: decoy
        ).serialized()
    }

    /// Opens what a swarm stored in `Namespace.messages` for the account with `keys`.
    ///
    /// - Parameters:
    ///   - data: Any bytes: they may come from anyone.
    ///   - forms: Which forms to read beside the one that deployed clients send; none unless asked for.
    ///   - forwardSecrecyKeys: The keys that the account published for the post-quantum form, where it did.
    /// - Throws: `MessagesError`: the message is to be skipped.
    public static func decode(
        _ data: [UInt8], with keys: AccountKeys, allowing forms: UnsettledForms = [],
        forwardSecrecyKeys: [ForwardSecrecyKeys] = []
    ) throws(MessagesError) -> ReceivedMessage {
        if forms.contains(.postQuantumMessages), PostQuantumMessage.isPresent(in: data) {
            return try PostQuantumMessage.decode(data, with: keys, forwardSecrecyKeys: forwardSecrecyKeys)
        }
        let wrapper = try DirectWrapper(stored: data)
        let opened = try open(wrapper.sealedContent, with: keys)
        let content = try MessageContent(serialized: MessagePadding.unpad(opened.plaintext))
        if wrapper.proSignature != nil { try content.protobuf.validateProMessage() }
        return ReceivedMessage(
            sender: opened.sender, senderKey: opened.senderKey, content: content,
            sentAt: try content.sentAt(onEnvelope: wrapper.timestamp), proSignature: wrapper.proSignature)
    }

    private static func seal(
        _ content: MessageContent, from sender: AccountKeys, to recipient: AccountID, random: some RandomSource
    ) throws -> [UInt8] {
        let serialized = try content.serialized()
        let limit = MessageLimits.directContentByteCount
        guard serialized.count <= limit else {
            throw MessagesError(.messageTooLarge, "the content has \(serialized.count) bytes, more than \(limit)")
        }
        do {
            return try DirectMessageSeal.seal(
                MessagePadding.pad(serialized), from: sender.ed25519, to: recipient, random: random)
        } catch {
            throw MessagesError(.invalidRecipient, "the recipient cannot be written to", underlying: error)
        }
    }

    private static func open(
        _ sealed: [UInt8], with keys: AccountKeys
    ) throws(MessagesError) -> OpenedDirectMessage {
        do {
            return try DirectMessageSeal.open(sealed, with: keys.x25519)
        } catch {
            switch error.code {
            case .tooShort: throw MessagesError(.tooShort, "the sealed content is too short")
            case .badSignature: throw MessagesError(.badSignature, "the content is not signed for this account")
            case .badPublicKey: throw MessagesError(.badSenderKey, "the sender's key belongs to no account")
            default: throw MessagesError(.decryptionFailed, "the content cannot be decrypted")
            }
        }
    }
}
