import SessionInterfaces

/// A config in the wrapper of its first clients. Follows protocol document 01, section 5.6.
public struct LegacySharedConfig: Hashable, Sendable {
    /// Which config it is, by the namespace where configs are stored.
    public let namespace: Namespace
    public let sequenceNumber: Int64
    /// The config, sealed.
    public let data: [UInt8]

    init(_ protobuf: SessionProtos_SharedConfigMessage) {
        namespace =
            switch protobuf.kind {
            case .userProfile: .userProfile
            case .contacts: .contacts
            case .convoInfoVolatile: .conversationVolatile
            case .userGroups: .userGroups
            }
        sequenceNumber = protobuf.seqno
        data = [UInt8](protobuf.data)
    }
}
