import FoundationEssentials
import SessionCrypto
import SessionInterfaces

/// An invitation to a closed group, with the credential to read and write there.
/// Follows protocol document 03, section 4.11.
public struct GroupInvitation: Sendable {
    public static let credentialByteCount = 100

    public let group: AccountID
    public let groupName: String
    /// The member's sub-account of the group's swarm: 100 bytes. It lets its holder read and write.
    public let credential: SecretBytes
    /// 64 bytes.
    public let adminSignature: [UInt8]

    /// An invitation of `invitee`, in a message sent at `sentAt`.
    /// - Throws: `MessagesError` with `invalidPayload` for a credential of wrong length.
    public init(
        of invitee: AccountID, to groupName: String, credential: SecretBytes, signedBy groupKeys: Ed25519KeyPair,
        sentAt: Timestamp
    ) throws(MessagesError) {
        guard credential.count == Self.credentialByteCount else {
            throw .invalid("the invitation's credential has not 100 bytes")
        }
        group = AccountID(prefix: .group, key: groupKeys.publicKey.bytes)
        self.groupName = groupName
        self.credential = credential
        adminSignature = GroupSignature.sign(Self.signedText(of: invitee, sentAt: sentAt), with: groupKeys)
    }

    /// Whether the group's administrator signed it for `invitee`, in the message sent at `sentAt`.
    public func isSigned(for invitee: AccountID, sentAt: Timestamp) -> Bool {
        GroupSignature.isValid(adminSignature, of: Self.signedText(of: invitee, sentAt: sentAt), by: group)
    }

    private static func signedText(of invitee: AccountID, sentAt: Timestamp) -> String {
        "INVITE\(invitee.hex)\(sentAt.milliseconds)"
    }

    init(_ protobuf: SessionProtos_GroupUpdateInviteMessage) throws(MessagesError) {
        guard let group = try? AccountID(protobuf.groupSessionID), group.prefix == .group else {
            throw .invalid("the invitation names no group")
        }
        guard protobuf.memberAuthData.count == Self.credentialByteCount else {
            throw .invalid("the invitation's credential has not 100 bytes")
        }
        self.group = group
        groupName = protobuf.name
        credential = SecretBytes([UInt8](protobuf.memberAuthData))
        adminSignature = try GroupSignature.checked(protobuf.adminSignature)
    }

    var protobuf: SessionProtos_GroupUpdateInviteMessage {
        .with {
            $0.groupSessionID = group.hex
            $0.name = groupName
            $0.memberAuthData = credential.withUnsafeBytes { Data($0) }
            $0.adminSignature = Data(adminSignature)
        }
    }
}
