import FoundationEssentials

/// A file on a file server, and what is needed to fetch and show it. Follows protocol document 01, sections 5.5 and 6.6.
public struct Attachment: Hashable, Sendable {
    /// Where the file is.
    public var url: String
    /// A MIME type.
    public var contentType: String?
    /// 64 bytes in the older scheme, 32 in the newer; nil in communities, whose files are not encrypted.
    public var key: [UInt8]?
    /// Bytes of the plaintext.
    public var byteCount: UInt32?
    /// SHA-256 of the encrypted file, 32 bytes, in the older scheme.
    public var digest: [UInt8]?
    public var fileName: String?
    public var isVoiceMessage: Bool
    /// Pixels, of what can be seen.
    public var width: UInt32?
    public var height: UInt32?
    public var caption: String?

    public init(
        url: String, contentType: String? = nil, key: [UInt8]? = nil, byteCount: UInt32? = nil,
        digest: [UInt8]? = nil, fileName: String? = nil, isVoiceMessage: Bool = false, width: UInt32? = nil,
        height: UInt32? = nil, caption: String? = nil
    ) {
        self.url = url
        self.contentType = contentType
        self.key = key
        self.byteCount = byteCount
        self.digest = digest
        self.fileName = fileName
        self.isVoiceMessage = isVoiceMessage
        self.width = width
        self.height = height
        self.caption = caption
    }

    /// Nil without an address: the file cannot be found.
    init?(_ protobuf: SessionProtos_AttachmentPointer) {
        guard !protobuf.url.isEmpty else { return nil }
        self.init(
            url: protobuf.url,
            contentType: protobuf.hasContentType ? protobuf.contentType : nil,
            key: protobuf.key.isEmpty ? nil : [UInt8](protobuf.key),
            byteCount: protobuf.hasSize ? protobuf.size : nil,
            digest: protobuf.digest.isEmpty ? nil : [UInt8](protobuf.digest),
            fileName: protobuf.hasFileName ? protobuf.fileName : nil,
            isVoiceMessage: protobuf.flags & Self.voiceMessageFlag != 0,
            width: protobuf.hasWidth ? protobuf.width : nil,
            height: protobuf.hasHeight ? protobuf.height : nil,
            caption: protobuf.hasCaption ? protobuf.caption : nil)
    }

    var protobuf: SessionProtos_AttachmentPointer {
        var pointer = SessionProtos_AttachmentPointer()
        pointer.id = fileNumber
        pointer.url = url
        if let contentType { pointer.contentType = contentType }
        if let key { pointer.key = Data(key) }
        if let byteCount { pointer.size = byteCount }
        if let digest { pointer.digest = Data(digest) }
        if let fileName { pointer.fileName = fileName }
        if isVoiceMessage { pointer.flags = Self.voiceMessageFlag }
        if let width { pointer.width = width }
        if let height { pointer.height = height }
        if let caption { pointer.caption = caption }
        return pointer
    }

    private static let voiceMessageFlag = UInt32(SessionProtos_AttachmentPointer.Flags.voiceMessage.rawValue)

    /// The number at the end of the address's path. The schema demands one, nobody reads it.
    private var fileNumber: UInt64 {
        let path = url.prefix { $0 != "#" && $0 != "?" }
        return path.split(separator: "/").last.flatMap { UInt64($0) } ?? 0
    }
}
