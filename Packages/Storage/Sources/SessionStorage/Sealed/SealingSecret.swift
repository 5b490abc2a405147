import Dispatch
public import SessionCrypto
import SessionInterfaces

/// What opens a sealed store.
public enum SealingSecret: Sendable {
    /// Words that someone remembers. A key is made of them with Argon2id.
    case passphrase(SecretText)
    /// The content of a key file: at least 32 bytes that nobody can guess.
    case key(SecretBytes)

    /// The content of a key file, copied from ordinary memory.
    public static func key(_ bytes: [UInt8]) -> SealingSecret { .key(SecretBytes(bytes)) }

    /// Bytes of the shortest key.
    public static let leastKeySize = 32

    var kind: SealHeader.Kind {
        switch self {
        case .passphrase: .passphrase
        case .key: .key
        }
    }

    /// The key by which the store's own keys are wrapped. A passphrase takes its time, on a thread of its own.
    func wrappingKey(salt: [UInt8], cost: Argon2id.Cost) async throws -> SecretBytes {
        switch self {
        case .key(let key):
            guard key.count >= Self.leastKeySize else {
                throw StoreError(.wrongKey, "a key has at least \(Self.leastKeySize) bytes, not \(key.count)")
            }
            // Longer keys than the hash function takes are hashed in parts, each of which depends on those before.
            var wrapping = SecretBytes(salt + salt)
            key.withUnsafeBytes { bytes in
                var rest = bytes[...]
                while !rest.isEmpty {
                    var chunk = Array(rest.prefix(4096))
                    wrapping = BLAKE2b.derive(chunk, from: wrapping, personal: Self.personal)
                    // Overwrites it.
                    _ = SecretBytes(consuming: &chunk)
                    rest = rest.dropFirst(4096)
                }
            }
            return wrapping
        case .passphrase(let passphrase):
            return try await withCheckedThrowingContinuation { continuation in
                DispatchQueue.global().async {
                    continuation.resume(
                        with: Result { try Argon2id.key(from: passphrase, salt: salt, cost: cost) as SecretBytes })
                }
            }
        }
    }

    private static let personal = Array("session-key-file".utf8)
}
