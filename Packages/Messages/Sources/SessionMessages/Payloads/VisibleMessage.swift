import SessionInterfaces

/// What a conversation shows as a message. Follows protocol document 01, sections 6.1 to 6.6.
public struct VisibleMessage: Hashable, Sendable {
    /// At most `MessageLimits.textLength` code points when sent, `MessageLimits.receivedTextLength` when received. People
    /// are mentioned in it as `@` and their account ID.
    public var text: String?
    /// At most `MessageLimits.attachmentCount`.
    public var attachments: [Attachment]
    /// The message that this one answers.
    public var quote: MessageReference?
    /// A link of the text, as the sender saw its page.
    public var preview: LinkPreview?
    public var invitation: CommunityInvitation?
    /// In communities: whether the sender refuses messages from those who know them from there alone; nil when not said.
    public var refusesCommunityRequests: Bool?

    public init(
        text: String? = nil, attachments: [Attachment] = [], quote: MessageReference? = nil,
        preview: LinkPreview? = nil, invitation: CommunityInvitation? = nil, refusesCommunityRequests: Bool? = nil
    ) {
        self.text = text
        self.attachments = attachments
        self.quote = quote
        self.preview = preview
        self.invitation = invitation
        self.refusesCommunityRequests = refusesCommunityRequests
    }

    /// Who is mentioned in the text, in order and as often as they are.
    public var mentions: [AccountID] { Self.mentions(in: text ?? "") }

    static let timerUpdateFlag = UInt32(SessionProtos_DataMessage.Flags.expirationTimerUpdate.rawValue)

    init(_ protobuf: SessionProtos_DataMessage, text: String?) throws(MessagesError) {
        guard protobuf.flags == 0 else { throw .invalid("the message has unknown flags") }
        guard protobuf.attachments.count <= MessageLimits.attachmentCount else {
            throw .invalid("the message has too many attachments")
        }
        self.init(
            text: text, attachments: protobuf.attachments.compactMap(Attachment.init),
            quote: protobuf.hasQuote
                ? MessageReference(author: protobuf.quote.author, milliseconds: protobuf.quote.id) : nil,
            preview: protobuf.preview.first.flatMap { LinkPreview($0, linkedIn: text ?? "") },
            invitation: protobuf.hasOpenGroupInvitation ? CommunityInvitation(protobuf.openGroupInvitation) : nil,
            refusesCommunityRequests: protobuf.hasBlocksCommunityMessageRequests
                ? protobuf.blocksCommunityMessageRequests : nil)
        guard text != nil || !attachments.isEmpty || quote != nil || invitation != nil else {
            throw .invalid("the message is empty")
        }
    }

    func protobuf() throws(MessagesError) -> SessionProtos_DataMessage {
        var message = SessionProtos_DataMessage()
        if let text {
            try MessageContent.validate(text)
            message.body = text
        }
        guard text != nil || !attachments.isEmpty || invitation != nil else { throw .invalid("the message is empty") }
        guard attachments.count <= MessageLimits.attachmentCount else {
            throw .invalid("the message has more than \(MessageLimits.attachmentCount) attachments")
        }
        message.attachments = attachments.map(\.protobuf)
        if let quote {
            message.quote.id = try quote.sentAt.wireMilliseconds()
            message.quote.author = quote.author.hex
        }
        if let preview { message.preview = [try preview.protobuf(linkedIn: text ?? "")] }
        if let invitation { message.openGroupInvitation = invitation.protobuf }
        if let refusesCommunityRequests { message.blocksCommunityMessageRequests = refusesCommunityRequests }
        return message
    }

    private static func mentions(in text: String) -> [AccountID] {
        let bytes = Array(text.utf8)
        return bytes.indices.compactMap { position in
            guard bytes[position] == UInt8(ascii: "@") else { return nil }
            let digits = bytes[(position + 1)...].prefix(AccountID.textLength)
            return try? AccountID(String(decoding: digits, as: UTF8.self))
        }
    }
}
