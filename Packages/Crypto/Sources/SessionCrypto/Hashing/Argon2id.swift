import CSodium
import SessionInterfaces

/// Argon2id (version 1.3): makes a key of a passphrase, at a cost that whoever guesses pays for every guess.
public enum Argon2id {
    /// Bytes of a salt.
    public static let saltByteCount = 16

    /// What one key costs.
    public struct Cost: Hashable, Sendable {
        /// Times that the memory is gone through.
        public let passes: UInt32
        /// Bytes of memory.
        public let memory: Int

        public init(passes: UInt32, memory: Int) {
            self.passes = passes
            self.memory = memory
        }

        /// 64 MiB, twice: about a tenth of a second.
        public static let interactive = Cost(passes: 2, memory: 64 << 20)
        /// 256 MiB, three times: about a second.
        public static let moderate = Cost(passes: 3, memory: 256 << 20)
        /// What can be asked for: from libsodium's least to 4 GiB.
        public static let memories = 8192...4 << 30
    }

    /// The key of `passphrase`. Slow on purpose: not for a thread of Swift's cooperative pool.
    /// - Parameters:
    ///   - salt: 16 bytes.
    ///   - count: bytes of the key, 16 to 64.
    /// - Throws: `CryptoError`: `.invalidArgument` for a wrong length or an impossible cost, `.noMemory`.
    public static func key(
        from passphrase: SecretText, salt: [UInt8], cost: Cost, count: Int = 32
    ) throws(CryptoError) -> SecretBytes {
        try CryptoError.require("salt", salt, count: saltByteCount)
        guard (16...64).contains(count), cost.passes > 0, Cost.memories.contains(cost.memory) else {
            throw CryptoError(.invalidArgument, "the key's length or cost is out of range")
        }
        Sodium.prepare()
        return try SecretBytes(count: count) { (key) throws(CryptoError) in
            let status = passphrase.withUnsafeText { text in
                crypto_pwhash(
                    key.bytes, UInt64(key.count), UnsafeRawPointer(text.bytes).assumingMemoryBound(to: CChar.self),
                    UInt64(text.count), salt, UInt64(cost.passes), cost.memory, crypto_pwhash_ALG_ARGON2ID13)
            }
            guard status == 0 else {
                throw CryptoError(.noMemory, "there is no memory left to make a key of the passphrase")
            }
        }
    }
}
