import FoundationEssentials
import SessionCrypto
import SessionInterfaces

/// Says that members were added, removed or promoted; the group's members config says who belongs to it.
/// Follows protocol document 03, section 4.11.
public struct GroupMemberChange: Hashable, Sendable {
    public enum Change: Hashable, Sendable, CaseIterable {
        case added, removed, promoted
    }

    public let change: Change
    public let members: [AccountID]
    /// Whether those who were added can read what was said before.
    public let sharesHistory: Bool
    /// 64 bytes.
    public let adminSignature: [UInt8]

    /// A change told in a message sent at `sentAt`. The signature covers neither the members nor the history.
    public init(
        _ change: Change, _ members: [AccountID], sharesHistory: Bool = false, signedBy groupKeys: Ed25519KeyPair,
        sentAt: Timestamp
    ) {
        self.change = change
        self.members = members
        self.sharesHistory = sharesHistory
        adminSignature = GroupSignature.sign(change.signedText(sentAt: sentAt), with: groupKeys)
    }

    /// Whether an administrator of `group` signed it, in the message sent at `sentAt`.
    public func isSigned(by group: AccountID, sentAt: Timestamp) -> Bool {
        GroupSignature.isValid(adminSignature, of: change.signedText(sentAt: sentAt), by: group)
    }

    init(_ protobuf: SessionProtos_GroupUpdateMemberChangeMessage) throws(MessagesError) {
        change =
            switch protobuf.type {
            case .added: .added
            case .removed: .removed
            case .promoted: .promoted
            }
        members = try GroupSignature.members(protobuf.memberSessionIds)
        sharesHistory = protobuf.historyShared
        adminSignature = try GroupSignature.checked(protobuf.adminSignature)
    }

    var protobuf: SessionProtos_GroupUpdateMemberChangeMessage {
        .with {
            $0.type = change.wireType
            $0.memberSessionIds = members.map(\.hex)
            if change == .added { $0.historyShared = sharesHistory }
            $0.adminSignature = Data(adminSignature)
        }
    }
}

extension GroupMemberChange.Change {
    fileprivate var wireType: SessionProtos_GroupUpdateMemberChangeMessage.TypeEnum {
        switch self {
        case .added: .added
        case .removed: .removed
        case .promoted: .promoted
        }
    }

    fileprivate func signedText(sentAt: Timestamp) -> String {
        "MEMBER_CHANGE\(wireType.rawValue)\(sentAt.milliseconds)"
    }
}
