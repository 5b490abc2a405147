import SessionCrypto
import SessionInterfaces

/// Decrypts and reads the answer to one onion request. Follows protocol document 02, section 2.4.
public struct OnionReplyReader: Sendable {
    private let destination: Destination
    private let ephemeralKeys: X25519KeyPair
    private let encryption: HopEncryption

    init(destination: Destination, ephemeralKeys: X25519KeyPair, encryption: HopEncryption) {
        self.destination = destination
        self.ephemeralKeys = ephemeralKeys
        self.encryption = encryption
    }

    /// Reads the body of a guard's answer of status 200.
    /// - Throws: `.undecryptableReply`, which anyone on the path may have caused; `.malformedReply`, which only the
    ///   destination can have.
    public func read(_ body: [UInt8]) throws(OnionError) -> OnionReply {
        switch destination {
        case .serviceNode(let node):
            return try NodeReply(decoding: decrypt(Self.ciphertext(in: body), from: node.x25519Key)).reply
        case .server(let server):
            switch server.form {
            case .v3:
                return ServerReplyV3(decoding: try decrypt(Self.wrapped(in: body), from: server.x25519Key)).reply
            case .v4:
                let response = try ServerResponseV4(decoding: decrypt(body, from: server.x25519Key))
                return OnionReply(status: response.code, headers: response.headers, body: response.body)
            }
        }
    }

    /// Base64 text when it can be read as such, else the bytes themselves.
    private static func ciphertext(in body: [UInt8]) -> [UInt8] {
        Base64.decode(String(decoding: body, as: UTF8.self)) ?? body
    }

    /// Some servers of version 3 put the text into an object, `{"result": "…"}`.
    private static func wrapped(in body: [UInt8]) -> [UInt8] {
        guard let value = JSONMember.value(of: "result", in: body), value.count >= 2, value.first == UInt8(ascii: "\"")
        else { return ciphertext(in: body) }
        return ciphertext(in: Array(value.dropFirst().dropLast()))
    }

    /// Some servers answer with AES-GCM whatever they were asked with.
    private func decrypt(_ ciphertext: [UInt8], from key: X25519PublicKey) throws(OnionError) -> [UInt8] {
        let candidates: [HopEncryption] = encryption == .aesGCM ? [.aesGCM] : [encryption, .aesGCM]
        for candidate in candidates {
            if let plaintext = try? candidate.open(ciphertext, from: key, to: ephemeralKeys) { return plaintext }
        }
        throw OnionError(.undecryptableReply, "the answer does not decrypt")
    }
}
