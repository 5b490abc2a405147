/// A link of a message's text, as the sender saw the page behind it: receivers never fetch it.
/// Follows protocol document 01, section 6.5.
public struct LinkPreview: Hashable, Sendable {
    /// Occurs in the text.
    public let url: String
    public let title: String?
    public let image: Attachment?

    public init(url: String, title: String? = nil, image: Attachment? = nil) {
        self.url = url
        self.title = title
        self.image = image
    }

    /// Nil when it shows nothing, or another link than the text.
    init?(_ protobuf: SessionProtos_DataMessage.Preview, linkedIn text: String) {
        let title = protobuf.title.isBlank ? nil : protobuf.title
        let image = protobuf.hasImage ? Attachment(protobuf.image) : nil
        guard title != nil || image != nil, Self.isLink(protobuf.url), text.contains(protobuf.url) else { return nil }
        self.init(url: protobuf.url, title: title, image: image)
    }

    func protobuf(linkedIn text: String) throws(MessagesError) -> SessionProtos_DataMessage.Preview {
        guard Self.isLink(url), text.contains(url) else { throw .invalid("the preview shows no link of the text") }
        var preview = SessionProtos_DataMessage.Preview()
        preview.url = url
        if let title { preview.title = title }
        if let image { preview.image = image.protobuf }
        return preview
    }

    /// Whether previews are made of `url`: a plain link to a host with a name that does not pretend to be another.
    private static func isLink(_ url: String) -> Bool {
        let scheme = "https://"
        guard url.utf8.count <= 4 * MessageLimits.linkLength, url.unicodeScalars.count <= MessageLimits.linkLength,
            url.prefix(scheme.count).lowercased() == scheme
        else { return false }
        let authority = url.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
        let host = authority.prefix { $0 != ":" }
        let letters = host.unicodeScalars.filter { $0 != "." }
        return !authority.contains("@") && !host.contains("%")
            && host.split(separator: ".", omittingEmptySubsequences: false).count >= 2
            && !host.hasPrefix(".")
            && (letters.allSatisfy(\.isASCII) || !letters.contains(where: \.isASCII))
    }
}
