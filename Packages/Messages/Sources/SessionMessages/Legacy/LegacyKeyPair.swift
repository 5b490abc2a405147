import SessionCrypto

/// The encryption key pair of a legacy closed group, in whatever length its sender wrote.
public struct LegacyKeyPair: Sendable {
    public let publicKey: [UInt8]
    public let privateKey: SecretBytes

    init(_ protobuf: SessionProtos_KeyPair) {
        publicKey = [UInt8](protobuf.publicKey)
        privateKey = SecretBytes([UInt8](protobuf.privateKey))
    }
}
