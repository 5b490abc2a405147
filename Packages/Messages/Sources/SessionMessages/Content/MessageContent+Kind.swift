extension MessageContent {
    /// Which payload a content carries.
    public enum Kind: String, Sendable, CaseIterable {
        case receipt
        case typing
        case groupUpdate = "group_update"
        case dataExtraction = "data_extraction"
        case timerUpdate = "timer_update"
        case unsend
        case requestResponse = "request_response"
        case reaction
        /// Text, attachments, quotes, invitations: what a conversation shows as a message.
        case visible
        case call
        /// No payload that is known here: the message is to be dropped.
        case none
    }

    /// The payload that counts. A valid content has one; of several, the first in the order of `Kind` wins.
    ///
    /// Follows protocol document 01, section 5.3.
    public var kind: Kind {
        if protobuf.hasReceiptMessage { return .receipt }
        if protobuf.hasTypingMessage { return .typing }
        if protobuf.dataMessage.hasGroupUpdateMessage { return .groupUpdate }
        if protobuf.hasDataExtractionNotification { return .dataExtraction }
        if isTimerUpdate { return .timerUpdate }
        if protobuf.hasUnsendRequest { return .unsend }
        if protobuf.hasMessageRequestResponse { return .requestResponse }
        if protobuf.dataMessage.hasReaction { return .reaction }
        if protobuf.hasDataMessage { return .visible }
        if protobuf.hasCallMessage { return .call }
        return .none
    }

    private var isTimerUpdate: Bool {
        let flag = UInt32(SessionProtos_DataMessage.Flags.expirationTimerUpdate.rawValue)
        return protobuf.dataMessage.flags & flag != 0
    }
}
