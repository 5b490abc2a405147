/// The one thing that a content says. Follows protocol document 01, sections 5.3 and 6.
public enum MessagePayload: Sendable {
    /// What a conversation shows as a message.
    case visible(VisibleMessage)
    case reaction(Reaction)
    /// The conversation's timer was set.
    case timerUpdate(Expiration)
    case typing(TypingNotice)
    case readReceipt(ReadReceipt)
    case unsend(UnsendRequest)
    /// The sender accepts the receiver's message request.
    case requestAccepted
    case mediaSaved(MediaSavedNotice)
    case call(CallSignal)
    case groupUpdate(GroupUpdate)
}

extension MessagePayload {
    /// Whether the conversation's timer applies, and is written, to such a message.
    public var isExpirable: Bool {
        switch self {
        case .visible, .reaction, .timerUpdate, .mediaSaved, .call: true
        case .groupUpdate(let update): update.isExpirable
        case .typing, .readReceipt, .unsend, .requestAccepted: false
        }
    }
}

extension MessagesError {
    static func invalid(_ message: String) -> MessagesError { MessagesError(.invalidPayload, message) }

    static func ignored(_ message: String) -> MessagesError { MessagesError(.ignoredPayload, message) }
}
