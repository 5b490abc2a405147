import FoundationEssentials

/// Where a sender's picture is, and the key that decrypts it. Follows protocol document 01, section 6.12.
public struct ProfilePicture: Hashable, Sendable {
    public static let keyByteCount = 32

    public let url: String
    /// 32 bytes.
    public let key: [UInt8]

    /// Nil unless there are an address and a key of 32 bytes: one is of no use without the other.
    public init?(url: String, key: [UInt8]) {
        guard !url.isEmpty, key.count == Self.keyByteCount else { return nil }
        self.url = url
        self.key = key
    }

    var wireKey: Data { Data(key) }
}
