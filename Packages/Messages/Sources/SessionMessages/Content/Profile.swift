import SessionInterfaces

/// How a sender wants to be shown. Follows protocol document 01, section 6.12.
public struct Profile: Hashable, Sendable {
    /// One to `MessageLimits.profileNameByteCount` bytes of UTF-8, without white space around it.
    public let name: String
    /// When the profile was last changed, in whole seconds: the newer profile wins. Nil from older clients.
    public let updatedAt: Timestamp?
    /// Nil when the sender has none: an earlier one was removed.
    public let picture: ProfilePicture?

    /// - Throws: `MessagesError` with `invalidProfileName` when the trimmed name is empty or too long, and with
    ///   `invalidTimestamp`.
    public init(name: String, updatedAt: Timestamp? = nil, picture: ProfilePicture? = nil) throws(MessagesError) {
        let trimmed = name.trimmedForDisplay
        let limit = MessageLimits.profileNameByteCount
        guard !trimmed.isEmpty, trimmed.utf8.count <= limit else {
            throw MessagesError(.invalidProfileName, "the profile name has not between 1 and \(limit) bytes")
        }
        let seconds = try updatedAt.map { (moment) throws(MessagesError) in try moment.wireSeconds() }
        self.name = trimmed
        self.updatedAt = seconds.flatMap(Timestamp.init(wireSeconds:))
        self.picture = picture
    }

    /// What a peer sent; nil without a name. A name that is too long is cut, never inside a character.
    init?(_ protobuf: SessionProtos_LokiProfile, pictureKey: some Sequence<UInt8>) {
        let trimmed = protobuf.displayName.trimmedForDisplay
        name = trimmed.wholeCharacters(within: MessageLimits.profileNameByteCount) { $0.utf8.count }
        updatedAt = Timestamp(wireSeconds: protobuf.lastUpdateSeconds)
        picture = ProfilePicture(url: protobuf.profilePicture, key: Array(pictureKey))
        if name.isEmpty { return nil }
    }

    var protobuf: SessionProtos_LokiProfile {
        var profile = SessionProtos_LokiProfile()
        profile.displayName = name
        if let picture { profile.profilePicture = picture.url }
        if let updatedAt { profile.lastUpdateSeconds = UInt64(updatedAt.milliseconds / 1000) }
        return profile
    }
}
