import SessionInterfaces

/// An emoji put on a message, or taken off. Follows protocol document 01, section 6.4.
public struct Reaction: Hashable, Sendable {
    public enum Action: Hashable, Sendable {
        case add, remove
    }

    public let target: MessageReference
    public let emoji: String
    public let action: Action

    public init(_ action: Action, _ emoji: String, on target: MessageReference) {
        self.target = target
        self.emoji = emoji
        self.action = action
    }

    init(_ protobuf: SessionProtos_DataMessage.Reaction) throws(MessagesError) {
        guard let target = MessageReference(author: protobuf.author, milliseconds: protobuf.id) else {
            throw .invalid("the reaction names no message")
        }
        guard !protobuf.emoji.isEmpty else { throw .invalid("the reaction has no emoji") }
        self.init(protobuf.action == .remove ? .remove : .add, protobuf.emoji, on: target)
    }

    func protobuf() throws(MessagesError) -> SessionProtos_DataMessage.Reaction {
        guard !emoji.isEmpty else { throw .invalid("the reaction has no emoji") }
        var reaction = SessionProtos_DataMessage.Reaction()
        reaction.id = try target.sentAt.wireMilliseconds()
        reaction.author = target.author.hex
        reaction.emoji = emoji
        reaction.action = action == .remove ? .remove : .react
        return reaction
    }
}
