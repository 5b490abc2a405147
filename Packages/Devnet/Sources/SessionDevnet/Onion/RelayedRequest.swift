import SessionCrypto
import SessionInterfaces
import SessionOnionPath

/// An onion request on its way from one node to the next, signed by the sender: outsiders cannot enter a path in the
/// middle, and a node knows which of the others it gets a request from.
struct RelayedRequest {
    static let path = "/devnet/relay/v1"

    let entry: OnionEntry
    let sender: Ed25519PublicKey

    /// The envelope that `sender` posts to `recipient`.
    static func body(_ entry: OnionEntry, from sender: Ed25519KeyPair, to recipient: Ed25519PublicKey) -> [UInt8] {
        let signature = sender.sign(proof(entry, recipient: recipient))
        let control: JSONValue = [
            "ephemeral_key": .string(entry.seal.ephemeralKey.hex),
            "enc_type": .string(entry.seal.encryption.rawValue),
            "hop_no": .integer(Int64(entry.hopNumber)),
            "sender": .string(sender.publicKey.hex),
            "signature": .string(Base64.encode(signature)),
        ]
        return OnionEnvelope(blob: entry.ciphertext, control: control.encoded()).encoded()
    }

    /// - Throws: `OnionError` when the envelope cannot be read; nil when its sender proves nothing.
    init?(decoding body: [UInt8], at recipient: Ed25519PublicKey, chain: Chain) throws(OnionError) {
        entry = try OnionEntry(decoding: body)
        let control = JSONValue(decoding: try OnionEnvelope(decoding: body).control)?.object
        guard let sender = control?["sender"]?.string.flatMap({ Ed25519PublicKey(hex: $0) }),
            chain.node(sender) != nil,
            let signature = control?["signature"]?.string.flatMap(Base64.decode),
            Ed25519.verify(signature, of: Self.proof(entry, recipient: recipient), by: sender)
        else { return nil }
        self.sender = sender
    }

    private static func proof(_ entry: OnionEntry, recipient: Ed25519PublicKey) -> [UInt8] {
        let label = "SessionDevnet relay \(entry.hopNumber) \(entry.seal.encryption.rawValue)"
        return BLAKE2b.hash32(
            Array(label.utf8), recipient.bytes.bytes, entry.seal.ephemeralKey.bytes.bytes, entry.ciphertext
        ).bytes
    }
}
