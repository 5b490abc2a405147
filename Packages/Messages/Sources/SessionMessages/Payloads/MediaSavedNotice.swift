import SessionInterfaces

/// The sender saved an attachment of the receiver's. Follows protocol document 01, section 6.14.
public struct MediaSavedNotice: Hashable, Sendable {
    /// When the message with the attachment was sent.
    public let messageSentAt: Timestamp

    public init(messageSentAt: Timestamp) { self.messageSentAt = messageSentAt }

    init(_ protobuf: SessionProtos_DataExtractionNotification) throws(MessagesError) {
        guard protobuf.type == .mediaSaved else { throw .ignored("notices of screenshots are no longer sent") }
        guard let sentAt = Timestamp(wireMilliseconds: protobuf.timestamp) else {
            throw .invalid("the notice names no message")
        }
        messageSentAt = sentAt
    }

    func protobuf() throws(MessagesError) -> SessionProtos_DataExtractionNotification {
        var notice = SessionProtos_DataExtractionNotification()
        notice.type = .mediaSaved
        notice.timestamp = try messageSentAt.wireMilliseconds()
        return notice
    }
}
