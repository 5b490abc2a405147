public import SessionInterfaces

/// A registered name as the ledger has it. Follows protocol document 05, section 2.3.
public struct LedgerEntry: Hashable, Sendable {
    public let type: NameType
    public let nameHash: Bytes32
    /// An Oxen address, or an Ed25519 key in hexadecimal digits.
    public let owner: String
    public let backupOwner: String?
    public let record: NameRecord
    /// The height of the block that changed it last.
    public let updateHeight: UInt64
    /// The last height at which it is valid; nil means for ever.
    public let expirationHeight: UInt64?
    /// The newest transaction about it, which updates have to name.
    public let transaction: Bytes32

    public init(
        type: NameType, nameHash: Bytes32, owner: String, backupOwner: String? = nil, record: NameRecord,
        updateHeight: UInt64, expirationHeight: UInt64? = nil, transaction: Bytes32
    ) {
        self.type = type
        self.nameHash = nameHash
        self.owner = owner
        self.backupOwner = backupOwner
        self.record = record
        self.updateHeight = updateHeight
        self.expirationHeight = expirationHeight
        self.transaction = transaction
    }

    /// Whether `text`, in any of its forms, is one of the two owners.
    public func isOwned(by text: String, on network: OxenNetwork) -> Bool {
        guard let asked = try? NameOwner(text, network: network) else { return false }
        return [owner, backupOwner].contains { owner in
            owner.flatMap { try? NameOwner($0, network: network) } == asked
        }
    }
}

extension LedgerEntry: Decodable {
    private enum CodingKeys: String, CodingKey {
        case type
        case nameHash = "name_hash"
        case owner
        case backupOwner = "backup_owner"
        case record = "encrypted_value"
        case updateHeight = "update_height"
        case expirationHeight = "expiration_height"
        case transaction = "txid"
    }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        func refuse(_ key: CodingKeys, _ complaint: String) -> DecodingError {
            .dataCorruptedError(forKey: key, in: members, debugDescription: complaint)
        }
        guard let type = NameType(rawValue: try members.decode(UInt8.self, forKey: .type)) else {
            throw refuse(.type, "no type of a registered name")
        }
        guard let nameHash = LedgerName.hash(reading: try members.decode(String.self, forKey: .nameHash)) else {
            throw refuse(.nameHash, "no hash of a name")
        }
        guard let stored = Hex.decode(try members.decode(String.self, forKey: .record)) else {
            throw refuse(.record, "not hexadecimal")
        }
        guard
            let transaction = Hex.decode(try members.decode(String.self, forKey: .transaction)).flatMap({ Bytes32($0) })
        else { throw refuse(.transaction, "no hash of a transaction") }
        self.init(
            type: type, nameHash: nameHash, owner: try members.decode(String.self, forKey: .owner),
            backupOwner: try members.decodeIfPresent(String.self, forKey: .backupOwner).flatMap {
                $0.isEmpty ? nil : $0
            },
            record: try NameRecord(stored: stored, type: type),
            updateHeight: try members.decode(UInt64.self, forKey: .updateHeight),
            expirationHeight: try members.decodeIfPresent(UInt64.self, forKey: .expirationHeight),
            transaction: transaction)
    }
}
