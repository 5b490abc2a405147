import SessionInterfaces

/// How one layer of an onion request is encrypted. Follows protocol document 02, section 2.2.
public enum HopEncryption: String, Sendable, CaseIterable {
    case xchacha20
    case aesGCM = "aes-gcm"
    /// What clients sent long ago, and nodes still read and answer. It is not authenticated.
    case aesCBC = "aes-cbc"

    /// Those that a client may send: all but `aesCBC`.
    public static let allCases: [HopEncryption] = [.xchacha20, .aesGCM]

    /// Reads `enc_type`: absent means AES-GCM; each kind has a second name. Nil when the name is unknown.
    public init?(wireName: String?) {
        switch wireName {
        case "xchacha20", "xchacha20-poly1305": self = .xchacha20
        case "aes-gcm", "gcm", nil: self = .aesGCM
        case "aes-cbc", "cbc": self = .aesCBC
        default: return nil
        }
    }

    /// Bytes that a layer is longer than what it holds: nonce and tag; with `aesCBC`, at most.
    public var overhead: Int {
        switch self {
        case .xchacha20: XChaCha20Poly1305.nonceByteCount + XChaCha20Poly1305.overhead
        case .aesGCM: AESGCM.nonceByteCount + AESGCM.overhead
        case .aesCBC: AESCBC.ivByteCount + AESCBC.blockByteCount
        }
    }
}

/// The client's side.
extension HopEncryption {
    /// Encrypts a request for `server`.
    /// - Parameter client: a key pair made for this layer alone.
    /// - Returns: nonce, ciphertext, tag.
    /// - Throws: `CryptoError`: `.badPublicKey` when `server` is of low order, `.invalidArgument` for `aesCBC`.
    public func seal(
        _ plaintext: [UInt8], from client: X25519KeyPair, to server: X25519PublicKey, random: some RandomSource
    ) throws(CryptoError) -> [UInt8] {
        guard self != .aesCBC else {
            throw CryptoError(.invalidArgument, "clients encrypt no hop with AES-CBC, which is not authenticated")
        }
        let key = try key(sharing: client, with: server, client: client.publicKey, server: server)
        return try seal(plaintext, key, random)
    }

    /// Decrypts the reply of `server`.
    /// - Throws: `CryptoError`: `.badPublicKey` when `server` is of low order, `.tooShort`, `.failed`.
    public func open(
        _ sealed: [UInt8], from server: X25519PublicKey, to client: X25519KeyPair
    ) throws(CryptoError) -> [UInt8] {
        try open(sealed, key(sharing: client, with: server, client: client.publicKey, server: server))
    }
}

/// The side of a node or server.
extension HopEncryption {
    /// Decrypts a request of `client`.
    /// - Throws: `CryptoError`: `.badPublicKey` when `client` is of low order, `.tooShort`, `.failed`.
    public func open(
        _ sealed: [UInt8], fromClient client: X25519PublicKey, toServer server: X25519KeyPair
    ) throws(CryptoError) -> [UInt8] {
        try open(sealed, key(sharing: server, with: client, client: client, server: server.publicKey))
    }

    /// Encrypts the reply to `client`.
    /// - Returns: nonce, ciphertext, tag.
    /// - Throws: `CryptoError(.badPublicKey)` when `client` is of low order.
    public func seal(
        _ plaintext: [UInt8], fromServer server: X25519KeyPair, toClient client: X25519PublicKey,
        random: some RandomSource
    ) throws(CryptoError) -> [UInt8] {
        let key = try key(sharing: server, with: client, client: client, server: server.publicKey)
        return try seal(plaintext, key, random)
    }
}

extension HopEncryption {
    private func seal(
        _ plaintext: [UInt8], _ key: SecretBytes, _ random: some RandomSource
    ) throws(CryptoError) -> [UInt8] {
        switch self {
        case .xchacha20: try XChaCha20Poly1305.sealWithNonce(plaintext, key: key, random: random)
        case .aesGCM: try AESGCM.sealWithNonce(plaintext, key: key, random: random)
        case .aesCBC: try AESCBC.encryptWithIV(plaintext, key: key, random: random)
        }
    }

    private func open(_ sealed: [UInt8], _ key: SecretBytes) throws(CryptoError) -> [UInt8] {
        switch self {
        case .xchacha20: try XChaCha20Poly1305.openWithNonce(sealed, key: key)
        case .aesGCM: try AESGCM.openWithNonce(sealed, key: key)
        case .aesCBC: try AESCBC.decryptWithIV(sealed, key: key)
        }
    }
}
