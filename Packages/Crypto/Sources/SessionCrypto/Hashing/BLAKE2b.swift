import CSodium
import SessionInterfaces

/// The BLAKE2b hash. Its size is a parameter of the function: a shorter hash is no prefix of a longer one.
/// Follows protocol document 01, section 2.
public enum BLAKE2b {
    /// Bytes of a hash, least and most.
    public static let sizes = 16...64
    /// Bytes of the longest key.
    public static let maximumKeyByteCount = 64
    /// Bytes of a personalisation, and of a salt.
    public static let personalByteCount = 16

    /// Hashes `message` to `size` bytes.
    /// - Parameters:
    ///   - size: 16 to 64.
    ///   - key: up to 64 bytes; empty means none.
    ///   - personal: 16 bytes that name the purpose; empty means none.
    ///   - salt: 16 bytes; empty means none.
    /// - Precondition: the sizes are as said; they are constants of a protocol, not data.
    public static func hash(
        _ message: [UInt8], size: Int = 32, key: [UInt8] = [], personal: [UInt8] = [], salt: [UInt8] = []
    ) -> [UInt8] {
        precondition(sizes.contains(size), "a BLAKE2b hash has 16 to 64 bytes")
        return [UInt8](unsafeUninitializedCapacity: size) { digest, initialized in
            message.withUnsafeBytes { message in
                hash(message, into: UnsafeMutableRawBufferPointer(digest), key: key, personal: personal, salt: salt)
            }
            initialized = size
        }
    }

    /// Hashes `parts`, one after the other, to 32 bytes.
    /// - Precondition: `key` has at most 64 bytes.
    public static func hash32(_ parts: [UInt8]..., key: [UInt8] = []) -> Bytes32 {
        precondition(key.count <= maximumKeyByteCount, "a BLAKE2b key has at most 64 bytes")
        Sodium.prepare()
        return withUnsafeTemporaryAllocation(byteCount: crypto_generichash_blake2b_statebytes(), alignment: 64) {
            memory in
            let state = OpaquePointer(memory.bytes)
            crypto_generichash_blake2b_init(state, key, key.count, Bytes32.byteCount)
            for part in parts {
                crypto_generichash_blake2b_update(state, part, UInt64(part.count))
            }
            return Bytes32 { digest in
                crypto_generichash_blake2b_final(state, digest.bytes, Bytes32.byteCount)
            }
        }
    }

    /// Hashes `message` to a size that is data, not a constant of a protocol.
    /// - Throws: `CryptoError(.invalidArgument)` unless the size is 16 to 64 and the key has at most 64 bytes.
    public static func hash(
        _ message: [UInt8], checkedSize size: Int, key: [UInt8] = []
    ) throws(CryptoError) -> [UInt8] {
        guard sizes.contains(size) else {
            throw CryptoError(.invalidArgument, "the hash would have \(size) bytes instead of 16 to 64")
        }
        guard key.count <= maximumKeyByteCount else {
            throw CryptoError(.invalidArgument, "the hash's key has \(key.count) bytes instead of at most 64")
        }
        return hash(message, size: size, key: key)
    }

    /// Hashes into all of `digest`.
    static func hash(
        _ message: UnsafeRawBufferPointer, into digest: UnsafeMutableRawBufferPointer, key: [UInt8] = [],
        personal: [UInt8] = [], salt: [UInt8] = []
    ) {
        key.withUnsafeBytes { hash(message, into: digest, key: $0, personal: personal, salt: salt) }
    }

    /// Hashes into all of `digest`, with a key that may be secret.
    static func hash(
        _ message: UnsafeRawBufferPointer, into digest: UnsafeMutableRawBufferPointer, key: UnsafeRawBufferPointer,
        personal: [UInt8] = [], salt: [UInt8] = []
    ) {
        precondition(key.count <= maximumKeyByteCount, "a BLAKE2b key has at most 64 bytes")
        precondition([0, personalByteCount].contains(personal.count), "a BLAKE2b personalisation has 16 bytes")
        precondition([0, personalByteCount].contains(salt.count), "a BLAKE2b salt has 16 bytes")
        Sodium.prepare()
        crypto_generichash_blake2b_salt_personal(
            digest.bytes, digest.count, message.bytes, UInt64(message.count), key.bytes, key.count,
            salt.isEmpty ? nil : salt, personal.isEmpty ? nil : personal)
    }
}
