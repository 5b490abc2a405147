import FoundationEssentials
import SessionCrypto
import SessionInterfaces

/// Asks a group to delete messages: members their own, administrators anyone's.
/// Follows protocol document 03, sections 4.11 and 4.16.
public struct GroupContentDeletion: Hashable, Sendable {
    /// Whose messages go.
    public let members: [AccountID]
    /// Which messages go, as their swarm names them.
    public let messageHashes: [String]
    /// 64 bytes; nil when members ask for their own messages.
    public let adminSignature: [UInt8]?

    /// A member's request about their own messages.
    public init(ownMessages messageHashes: [String]) {
        members = []
        self.messageHashes = messageHashes
        adminSignature = nil
    }

    /// An administrator's request, in a message sent at `sentAt`.
    public init(
        of members: [AccountID], messages messageHashes: [String], signedBy groupKeys: Ed25519KeyPair,
        sentAt: Timestamp
    ) {
        self.members = members
        self.messageHashes = messageHashes
        let text = Self.signedText(members.map(\.hex), messageHashes, sentAt: sentAt)
        adminSignature = GroupSignature.sign(text, with: groupKeys)
    }

    /// Whether an administrator of `group` signed it, in the message sent at `sentAt`.
    public func isSigned(by group: AccountID, sentAt: Timestamp) -> Bool {
        let text = Self.signedText(members.map(\.hex), messageHashes, sentAt: sentAt)
        return adminSignature.map { GroupSignature.isValid($0, of: text, by: group) } ?? false
    }

    private static func signedText(_ members: [String], _ hashes: [String], sentAt: Timestamp) -> String {
        "DELETE_CONTENT\(sentAt.milliseconds)" + members.joined() + hashes.joined()
    }

    init(_ protobuf: SessionProtos_GroupUpdateDeleteMemberContentMessage) throws(MessagesError) {
        members = try GroupSignature.members(protobuf.memberSessionIds)
        messageHashes = protobuf.messageHashes
        adminSignature = protobuf.hasAdminSignature ? try GroupSignature.checked(protobuf.adminSignature) : nil
    }

    var protobuf: SessionProtos_GroupUpdateDeleteMemberContentMessage {
        .with {
            $0.memberSessionIds = members.map(\.hex)
            $0.messageHashes = messageHashes
            if let adminSignature { $0.adminSignature = Data(adminSignature) }
        }
    }
}
