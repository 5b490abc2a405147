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
        try Self.validate(text)
        self.text = text
        hash = NameRecordCipher.nameHash(text)
    }

    /// The form of the hash in questions: 44 characters.
    public var base64Hash: String { Base64.encode(hash.bytes) }

    public var description: String { text }

    /// Whether `text` can be registered as it stands, with nothing trimmed or converted; capital letters count as small.
    public static func isRegistrable(_ text: String) -> Bool {
        do {
            try validate(lowercased(text))
            return true
        } catch {
            return false
        }
    }

    private static func validate(_ text: String) throws(NameError) {
        guard !text.isEmpty else { throw NameError(.invalidName, "the name is empty") }
        guard text.utf8.allSatisfy(isAllowed) else {
            throw NameError(.invalidName, "the name has characters other than letters, digits, '_' and '-'")
        }
        guard text.utf8.count <= maximumLength else {
            throw NameError(.invalidName, "the name is longer than \(maximumLength) characters")
        }
        guard text.utf8.first != hyphen, text.utf8.last != hyphen else {
            throw NameError(.invalidName, "the name begins or ends with a hyphen")
        }
    }

    private static func normalised(_ typed: String) throws(NameError) -> String {
        let lowered = lowercased(trimmed(typed))
        guard lowered.utf8.contains(where: { $0 >= 0x80 }) else { return lowered }
        guard let ascii = IDNA.asciiForm(of: lowered) else {
            throw NameError(.invalidName, "the name has characters that internationalised names do not allow")
        }
        return lowercased(ascii)
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

    private static let hyphen = UInt8(ascii: "-")
}
