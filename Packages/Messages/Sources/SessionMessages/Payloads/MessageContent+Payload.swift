import SessionInterfaces

extension MessageContent {
    /// What the content says, checked by the rules of its kind.
    ///
    /// - Throws: `MessagesError` with `unknownKind` when nothing known is in it, `ignoredPayload` for a form that nobody
    ///   acts on any more, `invalidPayload` for one that breaks the rules of its kind. The message is to be skipped.
    public func payload() throws(MessagesError) -> MessagePayload {
        switch kind {
        case .receipt: .readReceipt(try ReadReceipt(protobuf.receiptMessage))
        case .typing: .typing(try TypingNotice(protobuf.typingMessage, sentAt: sentAt))
        case .groupUpdate: .groupUpdate(try GroupUpdate(protobuf.dataMessage.groupUpdateMessage))
        case .dataExtraction: .mediaSaved(try MediaSavedNotice(protobuf.dataExtractionNotification))
        case .timerUpdate: .timerUpdate(expiration)
        case .unsend: .unsend(try UnsendRequest(protobuf.unsendRequest))
        case .requestResponse: try requestResponse()
        case .reaction: .reaction(try Reaction(protobuf.dataMessage.reaction))
        case .visible: .visible(try visibleMessage())
        case .call: .call(try CallSignal(protobuf.callMessage))
        case .none: throw unknownKind
        }
    }

    /// A content that says `payload`.
    ///
    /// - Parameters:
    ///   - sentAt: The message's identity; no two messages of an account may share it.
    ///   - expiration: The conversation's timer. Kinds that do not disappear leave it out; an update of the timer brings
    ///     its own.
    ///   - profile: How the sender wants to be shown. A copy for the sender's own devices carries none, nor do kinds
    ///     without a place for it.
    ///   - syncTarget: The recipient, when this is the copy for the sender's own devices.
    /// - Throws: `MessagesError` with `invalidTimestamp`, with `invalidPayload`, or the code of the part that cannot be
    ///   sent.
    public init(
        _ payload: MessagePayload, sentAt: Timestamp, expiration: Expiration = .off, profile: Profile? = nil,
        syncTarget: AccountID? = nil
    ) throws(MessagesError) {
        var content = SessionProtos_Content()
        try content.write(payload, sentAt: sentAt)
        switch payload {
        case .timerUpdate(let timer): content.write(timer)
        // They have to be seen before they disappear.
        case .call, .mediaSaved: content.write(expiration.countedFromReading)
        case _ where payload.isExpirable: content.write(expiration)
        default: break
        }
        if content.hasDataMessage, let syncTarget {
            content.dataMessage.syncTarget = syncTarget.hex
        } else if let profile {
            content.write(profile)
        }
        content.sigTimestamp = try sentAt.wireMilliseconds()
        self.init(content)
    }

    private func visibleMessage() throws(MessagesError) -> VisibleMessage {
        guard !protobuf.dataMessage.hasClosedGroupControlMessage else {
            throw .ignored("the message belongs to a legacy closed group")
        }
        return try VisibleMessage(protobuf.dataMessage, text: text)
    }

    /// Nobody declines by a message.
    private func requestResponse() throws(MessagesError) -> MessagePayload {
        guard protobuf.messageRequestResponse.isApproved else { throw .ignored("the response declines a request") }
        return .requestAccepted
    }

    private var unknownKind: MessagesError {
        protobuf.hasConfigurationMessage || protobuf.hasSharedConfigMessage
            ? .ignored("the content is a legacy configuration")
            : MessagesError(.unknownKind, "the content has no payload that is known here")
    }
}

extension SessionProtos_Content {
    fileprivate mutating func write(_ payload: MessagePayload, sentAt: Timestamp) throws(MessagesError) {
        switch payload {
        case .visible(let message): dataMessage = try message.protobuf()
        case .reaction(let reaction): dataMessage.reaction = try reaction.protobuf()
        case .timerUpdate: dataMessage.flags = VisibleMessage.timerUpdateFlag
        case .typing(let notice): typingMessage = try notice.protobuf(sentAt: sentAt)
        case .readReceipt(let receipt): receiptMessage = try receipt.protobuf()
        case .unsend(let request): unsendRequest = try request.protobuf()
        case .requestAccepted: messageRequestResponse.isApproved = true
        case .mediaSaved(let notice): dataExtractionNotification = try notice.protobuf()
        case .call(let signal): callMessage = try signal.protobuf()
        case .groupUpdate(let update): dataMessage.groupUpdateMessage = update.protobuf
        }
    }

    fileprivate mutating func write(_ profile: Profile) {
        if hasDataMessage {
            dataMessage.profile = profile.protobuf
            if let picture = profile.picture { dataMessage.profileKey = picture.wireKey }
        } else if hasMessageRequestResponse {
            messageRequestResponse.profile = profile.protobuf
            if let picture = profile.picture { messageRequestResponse.profileKey = picture.wireKey }
        }
    }
}
