import SessionCrypto
import SessionInterfaces

/// The bytes of messages in communities, which are padded but not encrypted; and what is encrypted, in the same form,
/// for one member of a community. Follows protocol document 01, section 3.5.
public enum CommunityMessage {
    /// How far a sender's clock and the server's may be apart.
    public static let clockTolerance: Duration = .seconds(6 * 3600)

    /// The bytes to sign and post, or to seal for a blinded inbox.
    /// - Throws: `MessagesError` with `invalidPayload` when the content carries a Pro signature already.
    public static func encode(_ content: MessageContent) throws -> [UInt8] {
        guard !content.protobuf.hasProSigForCommunityMessageOnly else {
            throw MessagesError.invalid("the content has been signed already")
        }
        return MessagePadding.pad(try content.serialized())
    }

    /// Reads what was posted, in the present form or the coming one, which has an envelope.
    ///
    /// - Parameters:
    ///   - data: Any bytes; their signature, or seal, has been verified.
    ///   - postedAt: When, by the server's word.
    /// - Throws: `MessagesError`: the message is to be skipped.
    public static func decode(
        _ data: [UInt8], postedAt: Timestamp? = nil
    ) throws(MessagesError) -> ReceivedCommunityMessage {
        // Required fields make sure that a content is never taken for an envelope, nor are padding zeros read as one.
        let message =
            if let envelope = try? SessionProtos_Envelope(serializedBytes: data) {
                try decode(envelope)
            } else {
                try decodeContent(data)
            }
        if message.proSignature != nil { try message.content.protobuf.validateProMessage() }
        if let postedAt, let sentAt = message.content.sentAt {
            guard sentAt >= postedAt - clockTolerance, sentAt <= postedAt + clockTolerance else {
                throw MessagesError(.timestampMismatch, "the sender's time is far from the server's")
            }
        }
        return message
    }

    private static func decode(
        _ envelope: SessionProtos_Envelope
    ) throws(MessagesError) -> ReceivedCommunityMessage {
        guard !envelope.hasSource || envelope.source.utf8.count == AccountID.byteCount else {
            throw MessagesError(.sourceSize, "the envelope's source has not 33 bytes")
        }
        guard envelope.hasContent else { throw MessagesError(.missingContent, "the envelope has no content") }
        let signature = try envelope.checkedProSignature()
        let payload = [UInt8](envelope.content)
        let content = try MessageContent(serialized: MessagePadding.unpad(payload))
        guard !content.protobuf.hasProSigForCommunityMessageOnly || signature == nil else {
            throw MessagesError.invalid("the message has two Pro signatures")
        }
        return ReceivedCommunityMessage(
            content: content, hasEnvelope: true, proSignature: signature, proSignedBytes: payload)
    }

    private static func decodeContent(_ data: [UInt8]) throws(MessagesError) -> ReceivedCommunityMessage {
        let content = try MessageContent(serialized: MessagePadding.unpad(data))
        guard content.protobuf.hasProSigForCommunityMessageOnly else {
            return ReceivedCommunityMessage(
                content: content, hasEnvelope: false, proSignature: nil, proSignedBytes: data)
        }
        let signature = [UInt8](content.protobuf.proSigForCommunityMessageOnly)
        guard signature.count == Ed25519.signatureByteCount else {
            throw MessagesError(.proSignatureSize, "the content's Pro signature has not 64 bytes")
        }
        return ReceivedCommunityMessage(
            content: content, hasEnvelope: false, proSignature: signature,
            proSignedBytes: MessagePadding.pad(try content.withoutProSignature().serialized()))
    }
}

extension MessageContent {
    fileprivate func withoutProSignature() -> MessageContent {
        var unsigned = protobuf
        unsigned.clearProSigForCommunityMessageOnly()
        return MessageContent(unsigned)
    }
}

/// A community message whose form has been checked. Who wrote it is the server's word, and the signature's.
public struct ReceivedCommunityMessage: Hashable, Sendable {
    public let content: MessageContent
    /// Whether it came in the coming form.
    public let hasEnvelope: Bool
    /// 64 bytes; nil without Session Pro.
    public let proSignature: [UInt8]?
    /// What the Pro signature covers.
    public let proSignedBytes: [UInt8]
}
