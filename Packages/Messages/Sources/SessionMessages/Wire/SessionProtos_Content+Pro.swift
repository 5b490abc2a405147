extension SessionProtos_Content {
    /// Checks the shape of a proof of a Pro subscription, which was sent with a signature. Whether the proof holds, or has
    /// expired, is no reason to refuse the message.
    ///
    /// Follows protocol document 01, sections 3.4 and 3.8.
    /// - Throws: `MessagesError` with `malformedProProof`.
    func validateProMessage() throws(MessagesError) {
        guard hasProMessage else { return }
        let proof = proMessage.proof
        guard
            sigTimestamp != 0, proMessage.hasProof,
            proof.hasVersion, proof.version == 0, proof.hasExpiryUnixTs,
            proof.genIndexHash.count == 32, proof.rotatingPublicKey.count == 32, proof.sig.count == 64
        else {
            throw MessagesError(.malformedProProof, "the content's Pro proof is incomplete")
        }
    }
}
