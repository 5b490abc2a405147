import CSodium
import SessionInterfaces

/// Records from before 2021, which have no nonce. They are read, and never written. Follows protocol document 05,
/// section 1.5.
extension NameRecordCipher {
    /// Memory that reading a legacy record takes.
    public static let legacyMemoryByteCount = 256 << 20

    private static let legacyPasses: UInt64 = 3
    private static let legacySaltByteCount = 16

    /// Decrypts a legacy record's value.
    ///
    /// Takes 256 MiB of memory and about a second of one core, on purpose of the format: not for a thread of Swift's
    /// cooperative pool, and not for records on which several nodes do not agree.
    /// - Parameter name: normalised: in lower case.
    /// - Throws: `CryptoError`: `.tooShort`, `.failed`, `.noMemory`.
    public static func openLegacy(_ encryptedValue: [UInt8], name: String) throws(CryptoError) -> [UInt8] {
        guard encryptedValue.count >= overhead else {
            throw CryptoError(.tooShort, "the encrypted value is too short")
        }
        let key = try legacyKey(of: name)
        let nonce = [UInt8](repeating: 0, count: Int(crypto_secretbox_NONCEBYTES))
        var isAuthentic = false
        let value = [UInt8](unsafeUninitializedCapacity: encryptedValue.count - overhead) { value, initialized in
            isAuthentic = key.withUnsafeBytes { key in
                crypto_secretbox_open_easy(
                    UnsafeMutableRawBufferPointer(value).bytes, encryptedValue, UInt64(encryptedValue.count), nonce,
                    key.bytes) == 0
            }
            initialized = isAuthentic ? encryptedValue.count - overhead : 0
        }
        guard isAuthentic else { throw .undecryptable }
        return value
    }

    /// Argon2id of the name, without salt.
    private static func legacyKey(of name: String) throws(CryptoError) -> SecretBytes {
        Sodium.prepare()
        let salt = [UInt8](repeating: 0, count: legacySaltByteCount)
        let password = Array(name.utf8).map(CChar.init(bitPattern:))
        return try SecretBytes(count: 32, in: .ephemeral) { (key) throws(CryptoError) in
            let status = crypto_pwhash(
                key.bytes, UInt64(key.count), password, UInt64(password.count), salt, legacyPasses,
                legacyMemoryByteCount, crypto_pwhash_ALG_ARGON2ID13)
            guard status == 0 else {
                throw CryptoError(.noMemory, "there is no memory left to read a record of the legacy form")
            }
        }
    }
}
