/// Hides how long a content is: a terminator, then zeros to a multiple of 160 bytes.
/// Follows protocol document 01, section 3.3.
public enum MessagePadding {
    /// Every padded content is a multiple of this many bytes.
    public static let blockByteCount = 160

    private static let terminator: UInt8 = 0x80

    /// `content` with its terminator and 1 to 160 zeros.
    ///
    /// Where terminator and content fill their block, deployed clients add a whole block of zeros; so does this.
    public static func pad(_ content: [UInt8]) -> [UInt8] {
        let zeros = blockByteCount - (content.count + 1) % blockByteCount
        var padded: [UInt8] = []
        padded.reserveCapacity(content.count + 1 + zeros)
        padded += content
        padded.append(terminator)
        padded += repeatElement(0, count: zeros)
        return padded
    }

    /// The content of `padded`, whether a current client padded it, an older one, or none.
    public static func unpad(_ padded: [UInt8]) -> [UInt8] {
        guard let last = padded.lastIndex(where: { $0 != 0 }) else { return [] }
        return Array(padded[last] == terminator ? padded[..<last] : padded[...last])
    }

    /// The content of `padded` as community servers keep it: without a terminator all is kept, zeros included.
    /// Follows protocol document 04, section 1.8.
    public static func unpadTerminated(_ padded: [UInt8]) -> [UInt8] {
        guard let last = padded.lastIndex(where: { $0 != 0 }), padded[last] == terminator else { return padded }
        return Array(padded[..<last])
    }
}
