import SessionCrypto
import SessionInterfaces

/// What a message claims about its sender's Session Pro. It is read, and never sent. Follows protocol document 01,
/// section 3.8.
public struct ProClaim: Hashable, Sendable {
    /// What the sender's profile uses.
    public struct ProfileFeatures: OptionSet, Hashable, Sendable {
        public let rawValue: UInt64

        public init(rawValue: UInt64) { self.rawValue = rawValue }

        public static let badge = ProfileFeatures(rawValue: 1)
        public static let animatedPicture = ProfileFeatures(rawValue: 2)
    }

    /// What the message uses.
    public struct MessageFeatures: OptionSet, Hashable, Sendable {
        public let rawValue: UInt64

        public init(rawValue: UInt64) { self.rawValue = rawValue }

        /// Its text is longer than `MessageLimits.textLength`.
        public static let longText = MessageFeatures(rawValue: 1)
    }

    /// What it is worth, `ProProof.status` says.
    public let proof: ProProof
    public let profileFeatures: ProfileFeatures
    public let messageFeatures: MessageFeatures

    /// Nil when there is no proof of a form that is known: such a message is one without Session Pro.
    init?(_ protobuf: SessionProtos_ProMessage) {
        guard protobuf.hasProof, let proof = ProProof(protobuf.proof) else { return nil }
        self.proof = proof
        profileFeatures = ProfileFeatures(rawValue: protobuf.profileBitset)
        messageFeatures = MessageFeatures(rawValue: protobuf.msgBitset)
    }
}

extension MessageContent {
    /// What the message claims about Session Pro; nil when it claims nothing that is known here.
    public var proClaim: ProClaim? {
        protobuf.hasProMessage ? ProClaim(protobuf.proMessage) : nil
    }
}

extension ProProof {
    /// The present form has a version, and its expiry is in milliseconds; the later one has none, and counts seconds.
    fileprivate init?(_ protobuf: SessionProtos_ProProof) {
        let expiry =
            protobuf.hasVersion
            ? Timestamp(wireMilliseconds: protobuf.expiryUnixTs) : Timestamp(wireSeconds: protobuf.expiryUnixTs)
        guard protobuf.version == 0, let expiry, let tag = Bytes32(protobuf.genIndexHash),
            let key = Ed25519PublicKey(protobuf.rotatingPublicKey), protobuf.sig.count == Ed25519.signatureByteCount
        else { return nil }
        self.init(
            protobuf.hasVersion ? .hashed : .plain, revocationTag: tag, rotatingKey: key, expiry: expiry,
            signature: [UInt8](protobuf.sig))
    }
}
