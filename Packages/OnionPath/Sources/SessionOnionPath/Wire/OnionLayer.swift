public import SessionInterfaces

/// What a service node finds when it has decrypted its layer. Follows protocol document 02, section 2.3.
public enum OnionLayer: Hashable, Sendable {
    /// The node itself is the destination; `payload` is a storage RPC document. The result goes into the answer as a
    /// JSON value when `json` is set, else as text; the encrypted answer travels as base64 text when `base64` is set.
    case final(payload: [UInt8], json: Bool, base64: Bool)
    /// The last hop before a web server.
    case server(ServerDelivery)
    /// A hop before another node, which gets `ciphertext`.
    case relay(to: Ed25519PublicKey, seal: HopSeal, ciphertext: [UInt8])

    /// - Throws: `.malformedLayer`
    public init(decrypted plaintext: [UInt8]) throws(OnionError) {
        do {
            let envelope = try OnionEnvelope(decoding: plaintext)
            switch try OnionControl(decoding: envelope.control) {
            case .final(let json, let base64):
                self = .final(payload: envelope.blob, json: json, base64: base64)
            case .server(let scheme, let host, let port, let target):
                self = .server(
                    ServerDelivery(scheme: scheme, host: host, port: port, target: target, body: plaintext))
            case .relay(let destination, let seal):
                self = .relay(to: destination, seal: seal, ciphertext: envelope.blob)
            }
        } catch {
            throw OnionError(.malformedLayer, "the decrypted layer cannot be read", underlying: error)
        }
    }
}
