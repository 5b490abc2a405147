import SessionCrypto
import SessionInterfaces

extension SessionProtos_Envelope {
    /// The 64 bytes beside the content; nil from older clients.
    /// - Throws: `MessagesError` with `proSignatureSize`.
    func checkedProSignature() throws(MessagesError) -> [UInt8]? {
        guard hasProSig else { return nil }
        guard proSig.count == Ed25519.signatureByteCount else {
            throw MessagesError(.proSignatureSize, "the envelope's Pro signature has not 64 bytes")
        }
        return [UInt8](proSig)
    }
}

extension MessageContent {
    /// When the message was sent, where an envelope says it too.
    ///
    /// The envelope is not protected: whoever stores a message could give it another time. Senders of before 2023 did
    /// not sign the time, and are believed.
    func sentAt(onEnvelope milliseconds: UInt64) throws(MessagesError) -> Timestamp {
        let signed = protobuf.sigTimestamp
        guard signed == 0 || signed == milliseconds else {
            throw MessagesError(.timestampMismatch, "the envelope's time is not the time that the sender signed")
        }
        guard let sentAt = Timestamp(wireMilliseconds: milliseconds) else {
            throw MessagesError(.invalidTimestamp, "the envelope's time is no date")
        }
        return sentAt
    }
}
