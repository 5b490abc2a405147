/// What happens to a closed group and its members. Follows protocol document 03, section 4.11.
///
/// Reading checks shapes only: whoever acts on an update verifies its signature first.
public enum GroupUpdate: Sendable {
    /// Sent to the account that is invited.
    case invitation(GroupInvitation)
    /// Sent to the member who becomes an administrator.
    case promotion(GroupPromotion)
    case infoChange(GroupInfoChange)
    case memberChange(GroupMemberChange)
    /// The sender accepts an invitation, or declines.
    case inviteResponse(isApproved: Bool)
    /// The sender left: administrators remove them. Never disappears.
    case memberLeft
    /// The sender left: shown to the others.
    case memberLeftNotification
    case contentDeletion(GroupContentDeletion)

    /// Whether it is shown in the conversation and disappears with the other messages.
    public var isExpirable: Bool {
        switch self {
        case .infoChange, .memberChange, .memberLeftNotification: true
        case .invitation, .promotion, .inviteResponse, .memberLeft, .contentDeletion: false
        }
    }

    /// Whether it is sent to an account instead of the group.
    public var isDirect: Bool {
        switch self {
        case .invitation, .promotion: true
        default: false
        }
    }

    init(_ protobuf: SessionProtos_GroupUpdateMessage) throws(MessagesError) {
        let fields = protobuf.presentFields
        guard fields.count <= 1 else {
            throw .invalid("the group update says several things at once: \(fields.joined(separator: ", "))")
        }
        if protobuf.hasInviteMessage {
            self = .invitation(try GroupInvitation(protobuf.inviteMessage))
        } else if protobuf.hasInfoChangeMessage {
            self = .infoChange(try GroupInfoChange(protobuf.infoChangeMessage))
        } else if protobuf.hasMemberChangeMessage {
            self = .memberChange(try GroupMemberChange(protobuf.memberChangeMessage))
        } else if protobuf.hasPromoteMessage {
            self = .promotion(try GroupPromotion(protobuf.promoteMessage))
        } else if protobuf.hasMemberLeftMessage {
            self = .memberLeft
        } else if protobuf.hasInviteResponse {
            self = .inviteResponse(isApproved: protobuf.inviteResponse.isApproved)
        } else if protobuf.hasDeleteMemberContent {
            self = .contentDeletion(try GroupContentDeletion(protobuf.deleteMemberContent))
        } else if protobuf.hasMemberLeftNotificationMessage {
            self = .memberLeftNotification
        } else {
            throw .invalid("the group update says nothing that is known here")
        }
    }

    var protobuf: SessionProtos_GroupUpdateMessage {
        var message = SessionProtos_GroupUpdateMessage()
        switch self {
        case .invitation(let invitation): message.inviteMessage = invitation.protobuf
        case .promotion(let promotion): message.promoteMessage = promotion.protobuf
        case .infoChange(let change): message.infoChangeMessage = change.protobuf
        case .memberChange(let change): message.memberChangeMessage = change.protobuf
        case .inviteResponse(let isApproved): message.inviteResponse.isApproved = isApproved
        case .memberLeft: message.memberLeftMessage = .init()
        case .memberLeftNotification: message.memberLeftNotificationMessage = .init()
        case .contentDeletion(let deletion): message.deleteMemberContent = deletion.protobuf
        }
        return message
    }
}

extension SessionProtos_GroupUpdateMessage {
    /// The names of the fields that are set; a valid update has one.
    fileprivate var presentFields: [String] {
        let fields = [
            ("inviteMessage", hasInviteMessage), ("infoChangeMessage", hasInfoChangeMessage),
            ("memberChangeMessage", hasMemberChangeMessage), ("promoteMessage", hasPromoteMessage),
            ("memberLeftMessage", hasMemberLeftMessage), ("inviteResponse", hasInviteResponse),
            ("deleteMemberContent", hasDeleteMemberContent),
            ("memberLeftNotificationMessage", hasMemberLeftNotificationMessage),
        ]
        return fields.filter(\.1).map(\.0)
    }
}
