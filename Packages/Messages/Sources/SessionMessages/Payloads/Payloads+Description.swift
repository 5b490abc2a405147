// What a message says, and the keys of its files, do not get into logs by way of a description.

extension VisibleMessage: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "VisibleMessage" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Attachment: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "Attachment" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension ProfilePicture: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "ProfilePicture" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
