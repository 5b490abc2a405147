public import SessionCrypto
public import SessionInterfaces

/// A change of a name, as its owner signs it. What is nil stays. Follows protocol document 05, section 3.5.
public struct NameUpdate: Hashable, Sendable {
    public let type: NameType
    public let nameHash: Bytes32
    /// The new record.
    public let record: NameRecord?
    public let owner: NameOwner?
    public let backupOwner: NameOwner?
    /// The newest transaction about the name.
    public let previousTransaction: Bytes32

    /// - Throws: `OxenError(.invalidExtra)` when nothing is changed, the record is of another type than the name, or
    ///   both owners are the same.
    public init(
        type: NameType, nameHash: Bytes32, record: NameRecord? = nil, owner: NameOwner? = nil,
        backupOwner: NameOwner? = nil, previousTransaction: Bytes32
    ) throws(OxenError) {
        guard record != nil || owner != nil || backupOwner != nil else {
            throw OxenError(.invalidExtra, "the update changes nothing")
        }
        guard record == nil || record?.type == type else {
            throw OxenError(.invalidExtra, "the update's record is of another type than the name")
        }
        guard owner == nil || owner != backupOwner else {
            throw OxenError(.invalidExtra, "the owner and the backup owner are the same")
        }
        self.type = type
        self.nameHash = nameHash
        self.record = record
        self.owner = owner
        self.backupOwner = backupOwner
        self.previousTransaction = previousTransaction
    }

    /// The bytes that are hashed to be signed.
    public var message: [UInt8] {
        (record?.stored ?? []) + (owner?.signedBytes ?? []) + (backupOwner?.signedBytes ?? [])
            + previousTransaction.bytes
    }

    /// What the owner signs.
    public var hash: Bytes32 { BLAKE2b.hash32(message) }

    /// The signature of an owner who is an Ed25519 key, such as an account's.
    public func signed(by keys: Ed25519KeyPair) -> OwnerSignature { .ed25519(keys.sign(hash.bytes)) }
}
