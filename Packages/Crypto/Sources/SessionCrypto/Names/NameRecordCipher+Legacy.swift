import CSodium
import SessionInterfaces

/// Records from before 2021, which have no nonce. They are read, and never written. Follows protocol document 05,
/// section 1.5.
extension NameRecordCipher {
    /// Memory that reading a legacy record takes.
    public static let legacyMemoryByteCount = legacyCost.memory

    private static let legacyCost = Argon2id.Cost(passes: 3, memory: 256 << 20)

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
        // Without salt, as the format has it.
        let key = try Argon2id.key(
            from: SecretText(name), salt: [UInt8](repeating: 0, count: Argon2id.saltByteCount), cost: legacyCost)
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
}
