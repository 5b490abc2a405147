import SessionInterfaces

/// The sender began to write, or stopped. Follows protocol document 01, section 6.7.
public enum TypingNotice: Hashable, Sendable {
    case started, stopped

    init(_ protobuf: SessionProtos_TypingMessage, sentAt: Timestamp?) throws(MessagesError) {
        guard sentAt == nil || sentAt == Timestamp(wireMilliseconds: protobuf.timestamp) else {
            throw .invalid("the typing notice is of another time")
        }
        self = protobuf.action == .stopped ? .stopped : .started
    }

    func protobuf(sentAt: Timestamp) throws(MessagesError) -> SessionProtos_TypingMessage {
        var notice = SessionProtos_TypingMessage()
        notice.timestamp = try sentAt.wireMilliseconds()
        notice.action = self == .stopped ? .stopped : .started
        return notice
    }
}
