/// A numbered compartment of an account's storage in its swarm. Follows protocol document 02, section 4.3.
public struct Namespace: RawRepresentable, Hashable, Sendable, Comparable {
    public let rawValue: Int16

    public init(rawValue: Int16) { self.rawValue = rawValue }

    /// Ordinary messages to an account.
    public static let messages = Namespace(rawValue: 0)
    /// User profile config.
    public static let userProfile = Namespace(rawValue: 2)
    /// Contacts config.
    public static let contacts = Namespace(rawValue: 3)
    /// Volatile conversation config.
    public static let conversationVolatile = Namespace(rawValue: 4)
    /// User groups config.
    public static let userGroups = Namespace(rawValue: 5)
    /// Messages to a closed group.
    public static let groupMessages = Namespace(rawValue: 11)
    /// Keys config of a closed group.
    public static let groupKeys = Namespace(rawValue: 12)
    /// Info config of a closed group.
    public static let groupInfo = Namespace(rawValue: 13)
    /// Members config of a closed group.
    public static let groupMembers = Namespace(rawValue: 14)
    /// Messages to members whose access was revoked.
    public static let revokedGroupMessages = Namespace(rawValue: -11)
    /// Legacy closed groups.
    public static let legacyGroupMessages = Namespace(rawValue: -10)

    /// Anyone may store without a signature; messages live at most 14 days.
    public var isPublicInbox: Bool { rawValue % 10 == 0 }

    /// Anyone may retrieve without a signature; a new message replaces the old one.
    public var isPublicOutbox: Bool { rawValue < 0 && -Int(rawValue) % 20 == 1 }

    /// A revoked sub-account may still read.
    public var isUnrevocable: Bool { rawValue < 0 && -Int(rawValue) % 100 == 11 }

    /// Whether `retrieve` has to be signed. The legacy group namespace alone is an unsigned inbox.
    public var retrieveNeedsSignature: Bool { self != .legacyGroupMessages && !isPublicOutbox }

    /// How the namespace stands in signed strings and message hashes: nothing for 0, decimal otherwise.
    public var signedText: String { rawValue == 0 ? "" : String(rawValue) }

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
