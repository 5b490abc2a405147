import CSodium
import SessionInterfaces

extension HopEncryption {
    /// The layer's key of 32 bytes. It is the same on both sides and in both directions: the client's key comes first.
    func key(
        sharing own: X25519KeyPair, with other: X25519PublicKey, client: X25519PublicKey, server: X25519PublicKey
    ) throws(CryptoError) -> SecretBytes {
        let shared = try own.sharedSecret(with: other)
        return switch self {
        case .xchacha20: Self.hash(shared, client, server)
        case .aesGCM: Self.authenticator(of: shared)
        case .aesCBC: shared
        }
    }

    /// BLAKE2b over shared secret, client's key and server's key.
    private static func hash(_ shared: SecretBytes, _ client: X25519PublicKey, _ server: X25519PublicKey) -> SecretBytes
    {
        let input = SecretBytes(count: 3 * 32, in: .ephemeral) { input in
            shared.withUnsafeBytes { input.copyMemory(from: $0) }
            client.bytes.withUnsafeBytes { input.from(32).copyMemory(from: $0) }
            server.bytes.withUnsafeBytes { input.from(64).copyMemory(from: $0) }
        }
        return SecretBytes(count: 32, in: .ephemeral) { key in
            input.withUnsafeBytes { BLAKE2b.hash($0, into: key) }
        }
    }

    /// HMAC-SHA256 of the shared secret; the name of the network's former self is its key.
    private static func authenticator(of shared: SecretBytes) -> SecretBytes {
        let name = Array("LOKI".utf8)
        return SecretBytes(count: 32, in: .ephemeral) { key in
            var state = crypto_auth_hmacsha256_state()
            crypto_auth_hmacsha256_init(&state, name, name.count)
            _ = shared.withUnsafeBytes { crypto_auth_hmacsha256_update(&state, $0.bytes, UInt64($0.count)) }
            // Wipes the state.
            crypto_auth_hmacsha256_final(&state, key.bytes)
        }
    }
}
