import SessionInterfaces

/// What an account's devices told one another before there were configs. Follows protocol document 01, section 5.8.
public struct LegacyConfiguration: Sendable {
    public struct ClosedGroup: Sendable {
        public let publicKey: [UInt8]
        public let name: String
        public let keyPair: LegacyKeyPair?
        /// IDs in binary form, 33 bytes in valid ones.
        public let members: [[UInt8]]
        public let administrators: [[UInt8]]
        public let timer: Duration
    }

    public struct Contact: Hashable, Sendable {
        /// An ID in binary form, 33 bytes in a valid one.
        public let publicKey: [UInt8]
        public let name: String
        public let picture: ProfilePicture?
        public let isApproved: Bool
        public let isBlocked: Bool
        public let approvedOwner: Bool
    }

    public let closedGroups: [ClosedGroup]
    /// Join addresses.
    public let communities: [String]
    public let displayName: String?
    public let picture: ProfilePicture?
    public let contacts: [Contact]

    init(_ protobuf: SessionProtos_ConfigurationMessage) {
        closedGroups = protobuf.closedGroups.map(ClosedGroup.init)
        communities = protobuf.openGroups
        displayName = protobuf.hasDisplayName ? protobuf.displayName : nil
        picture = ProfilePicture(url: protobuf.profilePicture, key: [UInt8](protobuf.profileKey))
        contacts = protobuf.contacts.map(Contact.init)
    }
}

extension LegacyConfiguration.ClosedGroup {
    fileprivate init(_ protobuf: SessionProtos_ConfigurationMessage.ClosedGroup) {
        publicKey = [UInt8](protobuf.publicKey)
        name = protobuf.name
        keyPair = protobuf.hasEncryptionKeyPair ? LegacyKeyPair(protobuf.encryptionKeyPair) : nil
        members = protobuf.members.map { [UInt8]($0) }
        administrators = protobuf.admins.map { [UInt8]($0) }
        timer = .seconds(Int64(protobuf.expirationTimer))
    }
}

extension LegacyConfiguration.Contact {
    fileprivate init(_ protobuf: SessionProtos_ConfigurationMessage.Contact) {
        publicKey = [UInt8](protobuf.publicKey)
        name = protobuf.name
        picture = ProfilePicture(url: protobuf.profilePicture, key: [UInt8](protobuf.profileKey))
        isApproved = protobuf.isApproved
        isBlocked = protobuf.isBlocked
        approvedOwner = protobuf.didApproveMe
    }
}
