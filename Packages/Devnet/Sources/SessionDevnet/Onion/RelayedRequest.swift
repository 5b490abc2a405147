import SessionCrypto
import SessionInterfaces
import SessionOnionPath
import SessionSwarm

/// An onion request on its way from one node to the next, signed by the sender: outsiders cannot enter a path in the
/// middle, and a node knows which of the others it gets a request from.
///
/// An envelope in the manner of onion requests: the entry as a client would post it, and a control part that says who
/// sends it.
struct RelayedRequest {
    static let path = "/devnet/relay/v1"
    /// Bytes that sender and signature add to an entry, and a few more.
    static let overhead = 1024

    let entry: OnionEntry
    let sender: Ed25519PublicKey

    /// What `sender` posts to `recipient`.
    static func body(_ entry: OnionEntry, from sender: Ed25519KeyPair, to recipient: Ed25519PublicKey) -> [UInt8] {
        let entry = entry.encoded()
        let control: JSONValue = [
            "sender": .string(sender.publicKey.hex),
            "signature": .string(Base64.encode(sender.sign(proof(entry, recipient)))),
        ]
        return OnionEnvelope(blob: entry, control: control.encoded()).encoded()
    }

    /// Nil when no node of the chain has signed the request for `recipient`.
    /// - Throws: `OnionError` when the envelope or the entry cannot be read.
    init?(decoding body: [UInt8], at recipient: Ed25519PublicKey, chain: Chain) throws(OnionError) {
        let envelope = try OnionEnvelope(decoding: body)
        entry = try OnionEntry(decoding: envelope.blob)
        let control = JSONValue(decoding: envelope.control)
        guard let sender = control?["sender"]?.string.flatMap({ Ed25519PublicKey(hex: $0) }),
            chain.node(sender) != nil,
            let signature = control?["signature"]?.string.flatMap(Base64.decode),
            Ed25519.verify(signature, of: Self.proof(envelope.blob, recipient), by: sender)
        else { return nil }
        self.sender = sender
    }

    private static func proof(_ entry: [UInt8], _ recipient: Ed25519PublicKey) -> [UInt8] {
        BLAKE2b.hash32(Array("SessionDevnet relay".utf8), recipient.bytes.bytes, entry).bytes
    }
}
