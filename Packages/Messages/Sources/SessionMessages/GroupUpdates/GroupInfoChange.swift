import FoundationEssentials
import SessionCrypto
import SessionInterfaces

/// Says that a group's name, picture or timer changed; the group's info config says to what.
/// Follows protocol document 03, sections 4.11 and 4.17.
public struct GroupInfoChange: Hashable, Sendable {
    public enum Change: Hashable, Sendable {
        case name(String)
        case picture
        /// Whole seconds; zero is off.
        case timer(Duration)
    }

    public let change: Change
    /// 64 bytes.
    public let adminSignature: [UInt8]

    /// A change told in a message sent at `sentAt`.
    public init(_ change: Change, signedBy groupKeys: Ed25519KeyPair, sentAt: Timestamp) {
        self.change = change
        adminSignature = GroupSignature.sign(change.signedText(sentAt: sentAt), with: groupKeys)
    }

    /// Whether an administrator of `group` signed it, in the message sent at `sentAt`.
    public func isSigned(by group: AccountID, sentAt: Timestamp) -> Bool {
        GroupSignature.isValid(adminSignature, of: change.signedText(sentAt: sentAt), by: group)
    }

    init(_ protobuf: SessionProtos_GroupUpdateInfoChangeMessage) throws(MessagesError) {
        change =
            switch protobuf.type {
            case .name: .name(protobuf.updatedName)
            case .avatar: .picture
            case .disappearingMessages: .timer(.seconds(Int64(protobuf.updatedExpiration)))
            }
        adminSignature = try GroupSignature.checked(protobuf.adminSignature)
    }

    var protobuf: SessionProtos_GroupUpdateInfoChangeMessage {
        .with {
            $0.type = change.wireType
            switch change {
            case .name(let name): $0.updatedName = name
            case .picture: break
            case .timer(let timer): $0.updatedExpiration = UInt32(clamping: timer.components.seconds)
            }
            $0.adminSignature = Data(adminSignature)
        }
    }
}

extension GroupInfoChange.Change {
    fileprivate var wireType: SessionProtos_GroupUpdateInfoChangeMessage.TypeEnum {
        switch self {
        case .name: .name
        case .picture: .avatar
        case .timer: .disappearingMessages
        }
    }

    fileprivate func signedText(sentAt: Timestamp) -> String {
        "INFO_CHANGE\(wireType.rawValue)\(sentAt.milliseconds)"
    }
}
