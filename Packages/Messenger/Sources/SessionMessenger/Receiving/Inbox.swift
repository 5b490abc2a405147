import SessionCrypto
import SessionInterfaces
import SessionMessages
import SessionSwarm

/// What a stored message means to the account that it was found at: pure interpretation, no store, no network.
/// Follows protocol document 01, sections 3.4, 6.1, 6.2 and 6.13.
enum Inbox {
    enum Meaning: Hashable, Sendable {
        /// Someone wrote to the account.
        case incoming(Text)
        /// The account wrote this on another device.
        case ownCopy(Text)
        /// Valid, but of a kind that this version does not show.
        case unshown(MessageContent.Kind)
        /// Not to be shown, for the reason given.
        case refused(DropReason)
    }

    struct Text: Hashable, Sendable {
        var conversation: AccountID
        var sender: AccountID
        var sentAt: Timestamp
        var text: String
        var senderName: String?
    }

    static func interpret(_ data: [UInt8], for keys: AccountKeys) -> Meaning {
        do {
            return meaning(of: try DirectMessage.decode(data, with: keys), for: keys.accountID)
        } catch {
            return .refused(.undecodable(error.code.rawValue))
        }
    }

    private static func meaning(of message: ReceivedMessage, for account: AccountID) -> Meaning {
        let isOwn = message.sender == account
        let syncTarget = message.content.syncTarget
        guard isOwn || syncTarget == nil else { return .refused(.foreignCopy) }
        guard message.content.kind == .visible else { return .unshown(message.content.kind) }
        guard let body = message.content.text, !body.isEmpty else { return .refused(.emptyText) }
        let text = Text(
            conversation: isOwn ? syncTarget ?? account : message.sender, sender: message.sender,
            sentAt: message.sentAt, text: body, senderName: message.content.profileName)
        return isOwn ? .ownCopy(text) : .incoming(text)
    }
}

/// Why a message was not shown.
public enum DropReason: Hashable, Sendable {
    /// It cannot be read or does not prove its sender; the code of the `MessagesError`.
    case undecodable(String)
    /// A copy "of an own message" that another account made.
    case foreignCopy
    /// A visible message with nothing to show.
    case emptyText
    /// The bytes do not belong to the hash under which the node handed them out.
    case wrongHash

    /// A stable word for machine-readable output.
    public var code: String {
        switch self {
        case .undecodable(let code): code
        case .foreignCopy: "foreign_copy"
        case .emptyText: "empty_text"
        case .wrongHash: "wrong_hash"
        }
    }
}
