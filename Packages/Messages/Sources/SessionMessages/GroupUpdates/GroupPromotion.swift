import FoundationEssentials
import SessionCrypto
import SessionInterfaces

/// Makes its receiver an administrator: it holds the group's own key. Follows protocol document 03, section 4.11.
public struct GroupPromotion: Sendable {
    /// The seed of the group's key pair, 32 bytes.
    public let seed: SecretBytes
    public let groupName: String

    /// - Throws: `MessagesError` with `invalidPayload` for a seed of wrong length.
    public init(seed: SecretBytes, groupName: String) throws(MessagesError) {
        guard seed.count == Bytes32.byteCount else { throw .invalid("the group's seed has not 32 bytes") }
        self.seed = seed
        self.groupName = groupName
    }

    /// The group's key pair.
    public func groupKeys() throws(CryptoError) -> Ed25519KeyPair { try Ed25519KeyPair(seed: seed) }

    init(_ protobuf: SessionProtos_GroupUpdatePromoteMessage) throws(MessagesError) {
        try self.init(seed: SecretBytes([UInt8](protobuf.groupIdentitySeed)), groupName: protobuf.name)
    }

    var protobuf: SessionProtos_GroupUpdatePromoteMessage {
        .with {
            $0.groupIdentitySeed = seed.withUnsafeBytes { Data($0) }
            $0.name = groupName
        }
    }
}
