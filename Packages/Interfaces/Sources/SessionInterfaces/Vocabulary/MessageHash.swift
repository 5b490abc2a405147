/// The name that service nodes give to a stored message: 43 characters of unpadded base64.
///
/// The hash covers account, namespace and data, so the same bytes stored twice have one hash.
/// Follows protocol document 01, section 8.2; `SessionSwarm` computes it.
public struct MessageHash: Hashable, Sendable, Comparable, CustomStringConvertible {
    public static let length = 43

    public let text: String

    /// Nil unless `text` is 43 characters of base64 in the standard alphabet.
    public init?(_ text: String) {
        guard text.utf8.count == Self.length, Base64.decode(text)?.count == 32 else { return nil }
        self.text = text
    }

    public init(digest: Bytes32) {
        text = Base64.encode(digest.bytes, padded: false)
    }

    public var description: String { text }

    /// Byte order of the text, as swarm members sort hashes.
    public static func < (left: Self, right: Self) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }
}
