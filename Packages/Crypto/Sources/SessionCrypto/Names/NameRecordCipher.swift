import SessionInterfaces

/// How the name service hides names and what they stand for: whoever knows a name can find and read its record.
/// Follows protocol document 05, sections 1.2 and 1.4.
public enum NameRecordCipher {
    public static let nonceByteCount = XChaCha20Poly1305.nonceByteCount
    /// Bytes that an encrypted value is longer than the value.
    public static let overhead = XChaCha20Poly1305.overhead

    /// Under which the record of `name` is filed.
    /// - Parameter name: normalised: in lower case.
    public static func nameHash(_ name: String) -> Bytes32 {
        BLAKE2b.hash32(Array(name.utf8))
    }

    /// Encrypts a record's value.
    /// - Parameters:
    ///   - name: normalised: in lower case.
    ///   - nonce: 24 random bytes.
    /// - Throws: `CryptoError(.invalidArgument)` for a nonce of wrong length.
    public static func seal(_ value: [UInt8], name: String, nonce: [UInt8]) throws(CryptoError) -> [UInt8] {
        try XChaCha20Poly1305.seal(value, key: key(of: name), nonce: nonce)
    }

    /// Decrypts a record's value.
    /// - Parameters:
    ///   - name: normalised: in lower case.
    ///   - nonce: 24 bytes, from the record.
    /// - Throws: `CryptoError`: `.invalidArgument` for a nonce of wrong length, `.tooShort`, `.failed`.
    public static func open(_ encryptedValue: [UInt8], nonce: [UInt8], name: String) throws(CryptoError) -> [UInt8] {
        try XChaCha20Poly1305.open(encryptedValue, key: key(of: name), nonce: nonce)
    }

    /// The hash of the name, keyed with the name's hash.
    private static func key(of name: String) -> SecretBytes {
        SecretBytes(count: 32, in: .ephemeral) { key in
            Array(name.utf8).withUnsafeBytes { BLAKE2b.hash($0, into: key, key: nameHash(name).bytes) }
        }
    }
}
