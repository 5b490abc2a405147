/// A prefix byte and a 32-byte public key: the address of an account, a group or a blinded identity.
///
/// The text form is 66 hexadecimal digits; either case is read, lower case is written.
/// Follows protocol document 01, section 1.2.
public struct AccountID: Hashable, Sendable {
    /// What kind of identity the key belongs to.
    public enum Prefix: UInt8, Sendable, CaseIterable {
        /// An account; the key is X25519.
        case standard = 0x05
        /// A closed group; the key is Ed25519.
        case group = 0x03
        /// A blinded identity of the first kind, inside one community.
        case blinded15 = 0x15
        /// A blinded identity of the second kind, inside one community.
        case blinded25 = 0x25
        /// An account's own Ed25519 key, used where no blinding is wanted.
        case unblinded = 0x00
        /// The key of signed version checks.
        case versionCheck = 0x07
    }

    /// Bytes of the binary form.
    public static let byteCount = 33
    /// Characters of the text form.
    public static let textLength = 66

    public let prefix: Prefix
    public let key: Bytes32

    public init(prefix: Prefix, key: Bytes32) {
        self.prefix = prefix
        self.key = key
    }

    /// The account whose X25519 public key is `key`.
    public init(standard key: X25519PublicKey) {
        self.init(prefix: .standard, key: key.bytes)
    }

    /// Reads the text form.
    /// - Throws: `AccountIDError` naming what is wrong.
    public init(_ text: String) throws(AccountIDError) {
        guard !text.isEmpty else { throw AccountIDError(.empty) }
        guard text.utf8.count == Self.textLength else {
            throw AccountIDError(.wrongLength, "an account ID has 66 characters, not \(text.count)")
        }
        guard let bytes = Hex.decode(text) else { throw AccountIDError(.notHexadecimal) }
        try self.init(bytes: bytes)
    }

    /// Reads the 33-byte binary form.
    /// - Throws: `AccountIDError` when the length or the prefix is wrong.
    public init(bytes: some Collection<UInt8>) throws(AccountIDError) {
        guard let first = bytes.first, let key = Bytes32(bytes.dropFirst()) else {
            throw AccountIDError(.wrongLength, "an account ID has 33 bytes, not \(bytes.count)")
        }
        guard let prefix = Prefix(rawValue: first) else {
            throw AccountIDError(.wrongPrefix, "\(Hex.encode([first])) begins no account ID")
        }
        self.init(prefix: prefix, key: key)
    }

    /// Prefix and key, 33 bytes.
    public var bytes: [UInt8] { [prefix.rawValue] + key.bytes }

    /// Sixty-six lower-case hexadecimal digits.
    public var hex: String { Hex.encode(bytes) }
}

extension AccountID: CustomStringConvertible, Comparable {
    public var description: String { hex }

    public static func < (left: Self, right: Self) -> Bool {
        (left.prefix.rawValue, left.key) < (right.prefix.rawValue, right.key)
    }
}

/// Why a text or a byte string is no account ID.
public struct AccountIDError: CodedError {
    public enum Code: String, Sendable {
        case empty = "account_id_empty"
        case wrongLength = "account_id_wrong_length"
        case wrongPrefix = "account_id_wrong_prefix"
        case notHexadecimal = "account_id_not_hexadecimal"
    }

    public let code: Code
    public let message: String
    public var underlying: (any Error)? { nil }

    public init(_ code: Code, _ message: String? = nil) {
        self.code = code
        self.message =
            message
            ?? (code == .empty
                ? "the account ID is empty" : "an account ID consists of hexadecimal digits only")
    }
}
