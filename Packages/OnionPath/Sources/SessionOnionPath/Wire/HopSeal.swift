public import SessionCrypto
public import SessionInterfaces

/// How one layer is sealed: what its receiver needs, besides its own key, to open it and to answer.
public struct HopSeal: Hashable, Sendable {
    /// The client's key for this layer alone.
    public let ephemeralKey: X25519PublicKey
    public let encryption: HopEncryption

    public init(ephemeralKey: X25519PublicKey, encryption: HopEncryption) {
        self.ephemeralKey = ephemeralKey
        self.encryption = encryption
    }

    /// Removes the layer, as the node or server that holds `keys`.
    /// - Throws: `.undecryptableLayer`
    public func open(_ ciphertext: [UInt8], with keys: X25519KeyPair) throws(OnionError) -> [UInt8] {
        do {
            return try encryption.open(ciphertext, fromClient: ephemeralKey, toServer: keys)
        } catch {
            throw OnionError(.undecryptableLayer, "the layer does not decrypt", underlying: error)
        }
    }

    /// Encrypts an answer that only the client can read.
    /// - Throws: `.undecryptableLayer` when the client's key is no usable one.
    public func sealReply(
        _ plaintext: [UInt8], with keys: X25519KeyPair, random: any RandomSource
    ) throws(OnionError) -> [UInt8] {
        do {
            return try encryption.seal(plaintext, fromServer: keys, toClient: ephemeralKey, random: random)
        } catch {
            throw OnionError(.undecryptableLayer, "the client's ephemeral key is unusable", underlying: error)
        }
    }
}

extension HopSeal {
    /// The two members of a control part that carry a seal.
    var members: [(name: String, value: String)] {
        [("enc_type", JSONText.quoted(encryption.rawValue)), ("ephemeral_key", JSONText.quoted(ephemeralKey.hex))]
    }

    /// Reads those members.
    init(ephemeralKey text: String, encryption name: String?) throws(OnionError) {
        guard let key = X25519PublicKey(hex: text) else {
            throw OnionError(.malformedEnvelope, "ephemeral_key is not 64 hexadecimal digits")
        }
        guard let encryption = HopEncryption(wireName: name) else {
            throw OnionError(.malformedEnvelope, "enc_type is unknown")
        }
        self.init(ephemeralKey: key, encryption: encryption)
    }
}
