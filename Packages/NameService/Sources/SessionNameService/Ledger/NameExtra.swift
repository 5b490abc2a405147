public import SessionInterfaces

/// What a transaction says about a name: its purchase, a change or a renewal. Follows protocol document 05, section 3.6.
public enum NameExtra: Hashable, Sendable {
    case buy(MappingType, nameHash: Bytes32, owner: NameOwner, backupOwner: NameOwner? = nil, NameRecord)
    case update(NameUpdate, OwnerSignature)
    /// - `previousTransaction`: the newest one about the name.
    case renew(MappingType, nameHash: Bytes32, previousTransaction: Bytes32)

    /// Bits that say which fields follow.
    struct Fields: OptionSet {
        let rawValue: UInt64

        static let owner = Fields(rawValue: 1)
        static let backupOwner = Fields(rawValue: 2)
        static let signature = Fields(rawValue: 4)
        static let record = Fields(rawValue: 8)
        static let all: Fields = [.owner, .backupOwner, .signature, .record]
        static let purchase: Fields = [.owner, .record]
    }

    static let tag: UInt8 = 0x7a
    static let version: UInt8 = 0
    private static let burnTag: UInt8 = 0x79

    public var nameHash: Bytes32 {
        switch self {
        case .buy(_, let nameHash, _, _, _), .renew(_, let nameHash, _): nameHash
        case .update(let update, _): update.nameHash
        }
    }

    /// The field of the transaction, tag included.
    public var bytes: [UInt8] {
        switch self {
        case .buy(let type, let nameHash, let owner, let backupOwner, let record):
            Self.field(type, nameHash, Bytes32(), owner: owner, backupOwner: backupOwner, record: record)
        case .update(let update, let signature):
            Self.field(
                MappingType(shortest: update.type), update.nameHash, update.previousTransaction, owner: update.owner,
                backupOwner: update.backupOwner, signature: signature, record: update.record)
        case .renew(let type, let nameHash, let previousTransaction):
            Self.field(type, nameHash, previousTransaction)
        }
    }

    /// The field that declares a burned amount.
    public static func burnField(_ amount: OxenAmount) -> [UInt8] {
        [burnTag] + withUnsafeBytes(of: amount.units.littleEndian, [UInt8].init)
    }

    private static func field(
        _ type: MappingType, _ nameHash: Bytes32, _ previousTransaction: Bytes32, owner: NameOwner? = nil,
        backupOwner: NameOwner? = nil, signature: OwnerSignature? = nil, record: NameRecord? = nil
    ) -> [UInt8] {
        var fields: Fields = []
        var contents: [UInt8] = []
        func add(_ field: Fields, _ bytes: [UInt8]?) {
            guard let bytes else { return }
            fields.insert(field)
            contents += bytes
        }
        add(.owner, owner?.extraBytes)
        add(.backupOwner, backupOwner?.extraBytes)
        add(.signature, signature?.extraBytes)
        add(.record, record.map { Varint.encode(UInt64($0.stored.count)) + $0.stored })
        return [tag, version] + Varint.encode(UInt64(type.rawValue)) + nameHash.bytes + previousTransaction.bytes
            + Varint.encode(fields.rawValue) + contents
    }
}
