import SessionInterfaces

/// What happened to a closed group of before 2024, whose ID was an X25519 key.
/// Follows protocol document 01, section 5.8.
public struct LegacyClosedGroupControl: Sendable {
    public enum Change: Sendable {
        case new(publicKey: [UInt8], name: String, keyPair: LegacyKeyPair?, timer: Duration)
        /// The group's key pair, sealed for each member.
        case keyPair(publicKey: [UInt8], wrapped: [WrappedKeyPair])
        case nameChange(String)
        case membersAdded
        case membersRemoved
        case memberLeft
        case keyPairRequest
    }

    /// A key pair sealed for one member.
    public struct WrappedKeyPair: Hashable, Sendable {
        /// Whose it is: 33 bytes in a valid one.
        public let publicKey: [UInt8]
        public let encryptedKeyPair: [UInt8]
    }

    public let change: Change
    /// IDs in binary form, 33 bytes in valid ones.
    public let members: [[UInt8]]
    public let administrators: [[UInt8]]

    init(_ protobuf: SessionProtos_ClosedGroupControlMessage) {
        change = Change(protobuf)
        members = protobuf.members.map { [UInt8]($0) }
        administrators = protobuf.admins.map { [UInt8]($0) }
    }
}

extension LegacyClosedGroupControl.Change {
    fileprivate init(_ protobuf: SessionProtos_ClosedGroupControlMessage) {
        self =
            switch protobuf.type {
            case .new:
                .new(
                    publicKey: [UInt8](protobuf.publicKey), name: protobuf.name,
                    keyPair: protobuf.hasEncryptionKeyPair ? LegacyKeyPair(protobuf.encryptionKeyPair) : nil,
                    timer: .seconds(Int64(protobuf.expirationTimer)))
            case .encryptionKeyPair:
                .keyPair(
                    publicKey: [UInt8](protobuf.publicKey),
                    wrapped: protobuf.wrappers.map {
                        .init(publicKey: [UInt8]($0.publicKey), encryptedKeyPair: [UInt8]($0.encryptedKeyPair))
                    })
            case .nameChange: .nameChange(protobuf.name)
            case .membersAdded: .membersAdded
            case .membersRemoved: .membersRemoved
            case .memberLeft: .memberLeft
            case .encryptionKeyPairRequest: .keyPairRequest
            }
    }
}
