import SessionCrypto
public import SessionInterfaces

/// A name that an account can be registered under, in the one form that is hashed: lower-case ASCII.
/// Follows protocol document 05, sections 1.1 and 1.2.
public struct SessionName: Hashable, Sendable, CustomStringConvertible {
    /// Bytes of the longest name.
    public static let maximumLength = NameRules.maximumLength

    /// The same as one of the ledger's names.
    public let ledgerName: LedgerName

    /// Trims white space, changes capital letters to small ones and writes other scripts in ASCII ("xn--…").
    /// - Throws: `NameError(.invalidName)` for what no account can be registered under.
    public init(_ typed: String) throws(NameError) {
        ledgerName = try LedgerName(typed, type: .session)
    }

    /// 1 to 64 of `a`–`z`, `0`–`9`, `_` and, except at the ends, `-`.
    public var text: String { ledgerName.text }
    /// Under which the record is filed.
    public var hash: Bytes32 { ledgerName.hash }
    /// The form of the hash in questions: 44 characters.
    public var base64Hash: String { ledgerName.base64Hash }

    public var description: String { text }

    /// Whether `text` can be registered as it stands, with nothing trimmed or converted; capital letters count as small.
    public static func isRegistrable(_ text: String) -> Bool { LedgerName.isRegistrable(text, type: .session) }
}
