import SessionCrypto
public import SessionInterfaces

/// What the ledger holds for a name: a value that only who knows the name can read.
/// Follows protocol document 05, sections 1.4 to 1.6.
public struct NameRecord: Hashable, Sendable {
    /// Bytes of an encrypted account ID.
    public static let encryptedByteCount = AccountID.byteCount + NameRecordCipher.overhead
    /// Bytes of the largest stored record, which is that of an integrated address.
    public static let maximumStoredByteCount = 73 + NameRecordCipher.overhead + NameRecordCipher.nonceByteCount

    /// What the name stands for.
    public let type: NameType
    /// 49 bytes for an account, 81 or 89 for a wallet, 48 for Lokinet.
    public let encryptedValue: [UInt8]
    /// 24 bytes; none in a record of the legacy form, which was encrypted in another way.
    public let nonce: [UInt8]

    /// Whether the record dates from the time before nonces.
    public var isLegacy: Bool { nonce.isEmpty }

    /// What the chain stores: the value and then the nonce.
    public var stored: [UInt8] { encryptedValue + nonce }

    /// - Parameter nonce: 24 bytes; for accounts alone also none.
    /// - Throws: `NameError(.invalidRecord)` when a length is wrong.
    public init(encryptedValue: [UInt8], nonce: [UInt8], type: NameType = .session) throws(NameError) {
        guard NameValue.byteCounts(of: type).contains(encryptedValue.count - NameRecordCipher.overhead) else {
            throw NameError(
                .invalidRecord, "no encrypted value of a \(type.rpcName) name has \(encryptedValue.count) bytes")
        }
        guard nonce.count == NameRecordCipher.nonceByteCount || nonce.isEmpty && type == .session else {
            throw NameError(
                .invalidRecord, "the nonce has \(nonce.count) bytes instead of \(NameRecordCipher.nonceByteCount)")
        }
        self.type = type
        self.encryptedValue = encryptedValue
        self.nonce = nonce
    }

    /// Reads what the chain stores.
    /// - Throws: `NameError(.invalidRecord)` when the length is none of a record of this type.
    public init(stored: [UInt8], type: NameType) throws(NameError) {
        let isLegacy = type == .session && stored.count == Self.encryptedByteCount
        let nonceCount = isLegacy ? 0 : NameRecordCipher.nonceByteCount
        try self.init(
            encryptedValue: Array(stored.dropLast(nonceCount)), nonce: Array(stored.suffix(nonceCount)), type: type)
    }

    /// Encrypts `account` for registration under `name`.
    /// - Throws: `NameError(.invalidRecord)` for account IDs that do not begin with 05.
    public static func seal(
        _ account: AccountID, for name: SessionName, random: some RandomSource
    ) throws(NameError) -> NameRecord {
        guard account.prefix == .standard else {
            throw NameError(.invalidRecord, "names lead to account IDs that begin with 05 only")
        }
        return try seal(.account(account), for: name.ledgerName, random: random)
    }

    /// Encrypts `value` for registration under `name`, always in the current form.
    /// - Throws: `NameError(.invalidRecord)` when the name is of another type than the value.
    public static func seal(
        _ value: NameValue, for name: LedgerName, random: some RandomSource
    ) throws(NameError) -> NameRecord {
        guard value.type == name.type else {
            throw NameError(
                .invalidRecord, "a \(name.type.rpcName) name cannot stand for a \(value.type.rpcName) value")
        }
        let nonce = random.bytes(NameRecordCipher.nonceByteCount)
        let encryptedValue: [UInt8]
        do {
            encryptedValue = try NameRecordCipher.seal(value.bytes, name: name.text, nonce: nonce)
        } catch {
            throw NameError(.invalidRecord, "the record cannot be encrypted", underlying: error)
        }
        return try NameRecord(encryptedValue: encryptedValue, nonce: nonce, type: name.type)
    }
}
