import SessionCrypto

/// A number and bytes, checksummed, as base58: the outer form of Oxen addresses. Follows protocol document 05,
/// section 4.2.
public struct TaggedBase58: Hashable, Sendable {
    private static let checksumByteCount = 4
    /// Characters of the longest text that is read.
    private static let maximumLength = 1024

    public let tag: UInt64
    public let payload: [UInt8]

    public init(tag: UInt64, payload: [UInt8]) {
        self.tag = tag
        self.payload = payload
    }

    /// Nil when the text is not base58, the checksum is wrong, or the number is not in its shortest form.
    public init?(_ text: String) {
        guard text.utf8.count <= Self.maximumLength, let bytes = Base58.decode(text),
            bytes.count > Self.checksumByteCount
        else { return nil }
        var content = bytes.dropLast(Self.checksumByteCount)
        guard Self.checksum(of: Array(content)) == Array(bytes.suffix(Self.checksumByteCount)),
            let tag = Varint.take(from: &content)
        else { return nil }
        self.init(tag: tag, payload: Array(content))
    }

    public var text: String {
        let content = Varint.encode(tag) + payload
        return Base58.encode(content + Self.checksum(of: content))
    }

    private static func checksum(of content: [UInt8]) -> [UInt8] {
        Array(Keccak256.hash(content).prefix(checksumByteCount))
    }
}
