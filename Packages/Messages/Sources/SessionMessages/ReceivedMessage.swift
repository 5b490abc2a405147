import SessionInterfaces

/// A message to an account or to a closed group whose seal, signature and times have been checked.
public struct ReceivedMessage: Hashable, Sendable {
    /// Who wrote it, proven by their signature.
    public let sender: AccountID
    /// The key that signed it.
    public let senderKey: Ed25519PublicKey
    public let content: MessageContent
    /// When it was written: with sender, its identity.
    public let sentAt: Timestamp
    /// The 64 bytes beside the sealed content; in most messages a decoy. Nil from older clients.
    public let proSignature: [UInt8]?
}
