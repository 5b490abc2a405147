import SessionCrypto
public import SessionInterfaces

/// A name that an account can be registered under, in the one form that is hashed: lower-case ASCII.
/// Follows protocol document 05, sections 1.1 and 1.2.
public struct SessionName: Hashable, Sendable, CustomStringConvertible {
    /// Bytes of the longest name.
    public static let maximumLength = 64

    /// 1 to 64 of `a`–`z`, `0`–`9`, `_` and, except at the ends, `-`.
    public let text: String
    /// Under which the record is filed.
    public let hash: Bytes32

    /// Trims white space, changes capital letters to small ones and writes other scripts in ASCII ("xn--…").
    /// - Throws: `NameError(.invalidName)` for what no account can be registered under.
    public init(_ typed: String) throws(NameError) {
        let text = try Self.normalised(typed)
        guard !text.isEmpty else { throw NameError(.invalidName, "the name is empty") }
        guard text.utf8.count <= Self.maximumLength else {
            throw NameError(.invalidName, "the name is longer than \(Self.maximumLength) characters")
        }
        guard let first = text.utf8.first, let last = text.utf8.last, first != Self.hyphen, last != Self.hyphen else {
            throw NameError(.invalidName, "the name begins or ends with a hyphen")
        }
        self.text = text
        hash = NameRecordCipher.nameHash(text)
    }

    /// The form of the hash in questions: 44 characters.
    public var base64Hash: String { Base64.encode(hash.bytes) }

    public var description: String { text }

    private static let hyphen = UInt8(ascii: "-")

    private static func normalised(_ typed: String) throws(NameError) -> String {
        let lowered = lowercased(trimmed(typed))
        // No script turns these characters into others, so it is enough to look at them before the conversion.
        guard lowered.utf8.allSatisfy({ $0 >= 0x80 || isAllowed($0) }) else {
            throw NameError(.invalidName, "the name has characters other than letters, digits, '_' and '-'")
        }
        guard lowered.utf8.contains(where: { $0 >= 0x80 }) else { return lowered }
        guard let ascii = IDNA.asciiForm(of: lowered).map(lowercased), ascii.utf8.allSatisfy(isAllowed) else {
            throw NameError(.invalidName, "the name has characters that internationalised names do not allow")
        }
        return ascii
    }

    private static func trimmed(_ text: String) -> String {
        guard let first = text.firstIndex(where: { !$0.isWhitespace }),
            let last = text.lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(text[first...last])
    }

    /// Changes ASCII only: what other letters become is for IDNA to say.
    private static func lowercased(_ text: String) -> String {
        let capitals = UInt8(ascii: "A")...UInt8(ascii: "Z")
        return String(decoding: text.utf8.map { capitals.contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "_"), hyphen: true
        default: false
        }
    }
}
