import SessionCrypto
public import SessionInterfaces

/// A name of any type in the one form that is hashed: lower-case ASCII. Names of accounts and of wallets share their
/// hashes; those of Lokinet end in ".loki". Follows protocol document 05, sections 1.1 and 1.2.
public struct LedgerName: Hashable, Sendable, CustomStringConvertible {
    public let type: NameType
    public let text: String
    /// Under which the record is filed.
    public let hash: Bytes32

    /// Trims white space, changes capital letters to small ones and writes other scripts in ASCII ("xn--…").
    /// - Throws: `NameError(.invalidName)` that says which rule for names of this type is broken.
    public init(_ typed: String, type: NameType) throws(NameError) {
        let text = try NameNormalisation.apply(typed)
        try NameRules.check(text, as: type)
        self.type = type
        self.text = text
        hash = NameRecordCipher.nameHash(text)
    }

    /// The form of the hash in questions: 44 characters.
    public var base64Hash: String { Base64.encode(hash.bytes) }

    public var description: String { text }

    /// Whether `text` can be registered as it stands, with nothing trimmed or converted; capital letters count as small.
    public static func isRegistrable(_ text: String, type: NameType) -> Bool {
        do {
            try NameRules.check(NameNormalisation.lowercased(text), as: type)
            return true
        } catch {
            return false
        }
    }

    /// Reads the text forms of a name's hash that a daemon reads: base64 with or without padding, 64 hexadecimal digits.
    /// Nil for anything else.
    public static func hash(reading text: String) -> Bytes32? {
        switch text.utf8.count {
        case 43, 44: Base64.decode(text).flatMap { Bytes32($0) }
        case 64: Hex.decode(text).flatMap { Bytes32($0) }
        default: nil
        }
    }
}
