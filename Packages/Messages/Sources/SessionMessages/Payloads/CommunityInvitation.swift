/// An invitation to a community. Follows protocol document 01, section 5.4.
public struct CommunityInvitation: Hashable, Sendable {
    /// The whole joining link, with its public key.
    public let url: String
    /// How the community calls itself.
    public let name: String

    public init(url: String, name: String) {
        self.url = url
        self.name = name
    }

    init?(_ protobuf: SessionProtos_DataMessage.OpenGroupInvitation) {
        guard !protobuf.url.isEmpty else { return nil }
        self.init(url: protobuf.url, name: protobuf.name)
    }

    var protobuf: SessionProtos_DataMessage.OpenGroupInvitation {
        .with { ($0.url, $0.name) = (url, name) }
    }
}
