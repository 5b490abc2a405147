import SessionCrypto
public import SessionInterfaces

/// What the ledger holds for a name: an account ID that only who knows the name can read.
/// Follows protocol document 05, sections 1.4 to 1.6.
public struct NameRecord: Hashable, Sendable {
    /// Bytes of an encrypted account ID.
    public static let encryptedByteCount = AccountID.byteCount + NameRecordCipher.overhead

    /// 49 bytes.
    public let encryptedValue: [UInt8]
    /// 24 bytes; none in a record of the legacy form, which was encrypted in another way.
    public let nonce: [UInt8]

    /// Whether the record dates from the time before nonces.
    public var isLegacy: Bool { nonce.isEmpty }

    /// - Parameter nonce: 24 bytes, or none.
    /// - Throws: `NameError(.invalidRecord)` when a length is wrong.
    public init(encryptedValue: [UInt8], nonce: [UInt8]) throws(NameError) {
        guard encryptedValue.count == Self.encryptedByteCount else {
            throw NameError(
                .invalidRecord,
                "the encrypted value has \(encryptedValue.count) bytes instead of \(Self.encryptedByteCount)")
        }
        guard nonce.isEmpty || nonce.count == NameRecordCipher.nonceByteCount else {
            throw NameError(
                .invalidRecord, "the nonce has \(nonce.count) bytes instead of \(NameRecordCipher.nonceByteCount)")
        }
        self.encryptedValue = encryptedValue
        self.nonce = nonce
    }

    /// Encrypts `account` for registration under `name`.
    /// - Throws: `NameError(.invalidRecord)` for account IDs that do not begin with 05.
    public static func seal(
        _ account: AccountID, for name: SessionName, random: some RandomSource
    ) throws(NameError) -> NameRecord {
        guard account.prefix == .standard else {
            throw NameError(.invalidRecord, "names lead to account IDs that begin with 05 only")
        }
        let nonce = random.bytes(NameRecordCipher.nonceByteCount)
        do {
            let encryptedValue = try NameRecordCipher.seal(account.bytes, name: name.text, nonce: nonce)
            return try NameRecord(encryptedValue: encryptedValue, nonce: nonce)
        } catch let error as NameError {
            throw error
        } catch {
            throw NameError(.invalidRecord, "the record cannot be encrypted", underlying: error)
        }
    }

    /// Decrypts the account ID.
    /// - Throws: `NameError(.invalidRecord)` when the record is not `name`'s, is damaged, holds no account, or is in the
    ///   legacy form.
    public func open(for name: SessionName) throws(NameError) -> AccountID {
        guard !isLegacy else {
            throw NameError(.invalidRecord, "the record of the name is in the legacy form, without a nonce")
        }
        let account: AccountID
        do {
            account = try AccountID(bytes: NameRecordCipher.open(encryptedValue, nonce: nonce, name: name.text))
        } catch {
            throw NameError(.invalidRecord, "the record of the name cannot be decrypted", underlying: error)
        }
        guard account.prefix == .standard else {
            throw NameError(.invalidRecord, "the record of the name holds no account ID that begins with 05")
        }
        return account
    }
}
