import FoundationEssentials
import SessionCrypto
import SessionInterfaces

/// Messages to a closed group, as its swarm stores them in `Namespace.groupMessages`: the content, not padded, in an
/// envelope that the group's key encrypts. Follows protocol document 01, section 3.5.
public enum GroupMessage {
    /// The bytes to store in the group's swarm.
    ///
    /// - Parameters:
    ///   - content: Says when it was sent; the envelope repeats that.
    ///   - key: The group's newest encryption key, 32 bytes.
    /// - Throws: `MessagesError` with `invalidTimestamp` when the content has none, `invalidRecipient` or
    ///   `messageTooLarge`.
    public static func encode(
        _ content: MessageContent, from sender: AccountKeys, to group: AccountID, key: SecretBytes,
        random: some RandomSource
    ) throws -> [UInt8] {
        guard let sentAt = content.sentAt else {
            throw MessagesError(.invalidTimestamp, "the content does not say when it was sent")
        }
        let plaintext = try envelope(content.serialized(), sentAt: sentAt, random: random)
        let sealed = try GroupMessageSeal.seal(plaintext, from: sender.ed25519, to: group, key: key, random: random)
        guard sealed.count <= MessageLimits.storedByteCount else {
            throw MessagesError(.messageTooLarge, "the message has more bytes than a swarm stores")
        }
        return sealed
    }

    /// Opens what a swarm stored in `Namespace.groupMessages` for `group`.
    ///
    /// - Parameters:
    ///   - data: Any bytes: they may come from anyone.
    ///   - keys: All encryption keys of the group that are known.
    /// - Throws: `MessagesError`: the message is to be skipped; with `decryptionFailed` it may be tried again after the
    ///   next key arrived.
    public static func decode(
        _ data: [UInt8], in group: AccountID, keys: some Sequence<SecretBytes>
    ) throws(MessagesError) -> ReceivedMessage {
        let opened = try GroupMessageSeal.open(data, in: group, keys: keys)
        let envelope: SessionProtos_Envelope
        do {
            envelope = try SessionProtos_Envelope(serializedBytes: opened.plaintext)
        } catch {
            throw MessagesError(.malformedWrapper, "the message's envelope cannot be read", underlying: error)
        }
        let proSignature = try envelope.checkedProSignature()
        guard envelope.hasContent else { throw MessagesError(.missingContent, "the envelope has no content") }
        let content = try MessageContent(serialized: [UInt8](envelope.content))
        if proSignature != nil { try content.protobuf.validateProMessage() }
        return ReceivedMessage(
            sender: opened.sender, senderKey: opened.senderKey, content: content,
            sentAt: try content.sentAt(onEnvelope: envelope.timestamp), proSignature: proSignature)
    }

    /// The decoy signature covers the content as it is: here nothing is sealed yet.
    private static func envelope(
        _ content: [UInt8], sentAt: Timestamp, random: some RandomSource
    ) throws -> [UInt8] {
        var envelope = SessionProtos_Envelope()
        envelope.type = .closedGroupMessage
        envelope.timestamp = try sentAt.wireMilliseconds()
        envelope.sourceDevice = 1
        envelope.content = Data(content)
        envelope.proSig = Data(Ed25519.decoySignature(of: content, random: random))
        return try envelope.serializedBytes()
    }
}
