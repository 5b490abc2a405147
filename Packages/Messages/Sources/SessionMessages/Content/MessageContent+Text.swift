import SessionInterfaces

extension MessageContent {
    /// A text message.
    ///
    /// - Parameters:
    ///   - body: Sent as it is: neither trimmed nor cut.
    ///   - sentAt: The message's identity; no two messages of an account may share it.
    ///   - profile: How the sender wants to be shown. A copy for the sender's own devices carries none.
    ///   - syncTarget: The recipient, when this is the copy for the sender's own devices.
    /// - Throws: `MessagesError` with `emptyText`, `textTooLong` or `invalidTimestamp`.
    ///
    /// Follows protocol document 01, sections 6.1, 6.2 and 6.13.
    public static func text(
        _ body: String, sentAt: Timestamp, profile: Profile? = nil, syncTarget: AccountID? = nil
    ) throws(MessagesError) -> MessageContent {
        try MessageContent(
            .visible(VisibleMessage(text: body)), sentAt: sentAt, profile: profile, syncTarget: syncTarget)
    }

    /// The text of the message, cut after `MessageLimits.receivedTextLength` code points but never inside a character;
    /// nil when there is nothing in it but white space.
    public var text: String? {
        let body = protobuf.dataMessage.body
        let limit = MessageLimits.receivedTextLength
        // A code point takes a byte or more, so a text of few bytes needs no counting.
        let kept =
            body.utf8.count > limit ? body.wholeCharacters(within: limit) { $0.unicodeScalars.count } : body
        return kept.isBlank ? nil : kept
    }

    static func validate(_ body: String) throws(MessagesError) {
        guard !body.isBlank else { throw MessagesError(.emptyText, "the text is empty") }
        let limit = MessageLimits.textLength
        guard body.utf8.count > limit else { return }
        let length = body.unicodeScalars.count
        guard length <= limit else {
            throw MessagesError(.textTooLong, "the text has \(length) characters, more than \(limit)")
        }
    }
}
