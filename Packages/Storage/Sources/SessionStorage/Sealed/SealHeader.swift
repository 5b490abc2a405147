import SessionCrypto
import SessionInterfaces

/// What a sealed store knows of its own key: how to make the key that unwraps it. It lies unsealed in the store.
///
/// | bytes | what |
/// |---|---|
/// | 1 | format version |
/// | 1 | 1 for a passphrase, 2 for a key file |
/// | 16 | salt |
/// | varint, varint | passes and bytes of memory of Argon2id |
/// | 24 | nonce |
/// | 48 | the master key (32 bytes) and tag, with all before it as additional data |
/// | 32 | BLAKE2b of all before it, by which damage is told from a wrong passphrase |
struct SealHeader {
    enum Kind: UInt8 {
        case passphrase = 1
        case key = 2

        var name: String { self == .passphrase ? "a passphrase" : "a key file" }
    }

    static let version: UInt8 = 1
    private static let masterKeySize = 32
    private static let checksumSize = 32
    private static let greatestMemory: UInt64 = 1 << 30
    private static let greatestPasses: UInt32 = 64

    let kind: Kind
    let salt: [UInt8]
    let cost: Argon2id.Cost
    let nonce: [UInt8]
    let wrapped: [UInt8]

    /// Wraps `master` so that `secret` opens it.
    static func wrapping(
        _ master: SecretBytes, with secret: SealingSecret, cost: Argon2id.Cost, random: any RandomSource
    ) async throws -> SealHeader {
        let salt = random.bytes(Argon2id.saltByteCount)
        let nonce = random.bytes(XChaCha20Poly1305.nonceByteCount)
        let open = SealHeader(kind: secret.kind, salt: salt, cost: cost, nonce: nonce, wrapped: [])
        return try open.wrapping(master, with: try await secret.wrappingKey(salt: salt, cost: cost))
    }

    private func wrapping(_ master: SecretBytes, with key: SecretBytes) throws -> SealHeader {
        var plaintext = master.withUnsafeBytes { Array($0) }
        let wrapped = try XChaCha20Poly1305.seal(plaintext, key: key, nonce: nonce, authenticating: description)
        // Overwrites it.
        _ = SecretBytes(consuming: &plaintext)
        return SealHeader(kind: kind, salt: salt, cost: cost, nonce: nonce, wrapped: wrapped)
    }

    /// The master key.
    /// - Throws: `StoreError(.wrongKey)`.
    func unwrap(with secret: SealingSecret) async throws -> SecretBytes {
        guard secret.kind == kind else {
            throw StoreError(.wrongKey, "the store is sealed with \(kind.name), not with \(secret.kind.name)")
        }
        return try open(with: try await secret.wrappingKey(salt: salt, cost: cost))
    }

    private func open(with key: SecretBytes) throws -> SecretBytes {
        var master: [UInt8] = []
        do {
            master = try XChaCha20Poly1305.open(wrapped, key: key, nonce: nonce, authenticating: description)
        } catch {
            guard error.code == .failed else { throw error }
            throw StoreError(.wrongKey, "\(kind.name) does not open the store; it is not the right one")
        }
        return SecretBytes(consuming: &master)
    }

    /// All that stands before the wrapped key.
    private var description: [UInt8] {
        var writer = RecordWriter()
        writer.byte(Self.version)
        writer.byte(kind.rawValue)
        writer.fixed(salt)
        writer.integer(cost.passes)
        writer.integer(UInt64(cost.memory))
        writer.fixed(nonce)
        return writer.encoded
    }

    var stored: [UInt8] {
        let content = description + wrapped
        return content + BLAKE2b.hash(content, size: Self.checksumSize)
    }

    private init(kind: Kind, salt: [UInt8], cost: Argon2id.Cost, nonce: [UInt8], wrapped: [UInt8]) {
        self.kind = kind
        self.salt = salt
        self.cost = cost
        self.nonce = nonce
        self.wrapped = wrapped
    }

    /// - Throws: `StoreError`: `.corrupted`, `.unsupportedVersion`.
    init(stored bytes: [UInt8]) throws {
        let content = Array(bytes.dropLast(Self.checksumSize))
        guard BLAKE2b.hash(content, size: Self.checksumSize)[...] == bytes.suffix(Self.checksumSize) else {
            throw StoreError(.corrupted, "the header of the sealed store is damaged")
        }
        var reader = RecordReader(content)
        let version = try reader.byte()
        guard version == Self.version else {
            throw StoreError(
                .unsupportedVersion, "the store is sealed in form \(version), but this program knows \(Self.version)")
        }
        guard let kind = Kind(rawValue: try reader.byte()) else {
            throw StoreError(.corrupted, "the store is sealed with something unknown")
        }
        self.kind = kind
        salt = try reader.fixed(Argon2id.saltByteCount)
        let (passes, memory) = (try reader.integer(UInt32.self), try reader.integer(UInt64.self))
        // The header has no key: whoever writes it must not be able to ask for all memory there is.
        guard memory <= Self.greatestMemory, (1...Self.greatestPasses).contains(passes) else {
            throw StoreError(.corrupted, "the header of the sealed store asks for too much")
        }
        cost = Argon2id.Cost(passes: passes, memory: Int(memory))
        nonce = try reader.fixed(XChaCha20Poly1305.nonceByteCount)
        wrapped = try reader.fixed(Self.masterKeySize + XChaCha20Poly1305.overhead)
        guard reader.isAtEnd else { throw StoreError(.corrupted, "the header of the sealed store is too long") }
    }
}
