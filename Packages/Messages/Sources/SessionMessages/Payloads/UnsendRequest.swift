import SessionInterfaces

/// The wish that a message be deleted everywhere. Follows protocol document 01, section 6.10.
public struct UnsendRequest: Hashable, Sendable {
    public let target: MessageReference

    public init(of target: MessageReference) { self.target = target }

    /// Whether `sender` may ask `receiver` for it: authors for their own messages, one's own devices for any.
    public func isPermitted(to sender: AccountID, asking receiver: AccountID) -> Bool {
        sender == target.author || sender == receiver
    }

    init(_ protobuf: SessionProtos_UnsendRequest) throws(MessagesError) {
        guard let target = MessageReference(author: protobuf.author, milliseconds: protobuf.timestamp) else {
            throw .invalid("the request names no message")
        }
        self.init(of: target)
    }

    func protobuf() throws(MessagesError) -> SessionProtos_UnsendRequest {
        var request = SessionProtos_UnsendRequest()
        request.timestamp = try target.sentAt.wireMilliseconds()
        request.author = target.author.hex
        return request
    }
}
