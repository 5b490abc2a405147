import SessionInterfaces

extension NameExtra {
    /// The hash of the empty name, which nobody may register.
    private static let emptyNameHash = "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8"

    /// Reads the field of a transaction, tag included, and nothing after it.
    /// - Throws: `OxenError(.invalidExtra)` that names the part at fault.
    public init(bytes: [UInt8]) throws(OxenError) {
        var reader = ExtraReader(bytes)
        guard try reader.byte("tag") == Self.tag else { throw .extra("the field does not begin with 7a") }
        guard try reader.byte("version") == Self.version else { throw .extra("the field has an unknown version") }
        guard let type = MappingType(exactly: try reader.varint("type")) else {
            throw .extra("the field has an unknown type of name")
        }
        let (nameHash, previous) = (try reader.hash("name hash"), try reader.hash("previous transaction"))
        let fields = Fields(rawValue: try reader.varint("fields"))
        guard fields.isSubset(of: .all) else { throw .extra("the field announces unknown parts") }
        let owner = fields.contains(.owner) ? try reader.owner() : nil
        let backupOwner = fields.contains(.backupOwner) ? try reader.owner() : nil
        let signature = fields.contains(.signature) ? try reader.signature() : nil
        let record = fields.contains(.record) ? try reader.record(type.nameType) : nil
        try reader.end()
        guard nameHash != Bytes32(), nameHash.hex != Self.emptyNameHash else {
            throw .extra("the field's name hash is that of no name")
        }
        if let signature {
            guard type.rawValue <= NameType.lokinet.rawValue else { throw .extra("no update has a duration") }
            let update = try NameUpdate(
                type: type.nameType, nameHash: nameHash, record: record, owner: owner, backupOwner: backupOwner,
                previousTransaction: previous)
            self = .update(update, signature)
        } else if let owner, let record, fields.subtracting(.backupOwner) == .purchase {
            guard previous == Bytes32() else { throw .extra("a purchase has no previous transaction") }
            guard owner != backupOwner else { throw .extra("the owner and the backup owner are the same") }
            self = .buy(type, nameHash: nameHash, owner: owner, backupOwner: backupOwner, record)
        } else {
            guard fields.isEmpty, previous != Bytes32(), type.nameType == .lokinet else {
                throw .extra("the field's parts make no purchase, update or renewal")
            }
            self = .renew(type, nameHash: nameHash, previousTransaction: previous)
        }
    }
}

extension MappingType {
    fileprivate init?(exactly number: UInt64) {
        guard let number = UInt8(exactly: number) else { return nil }
        self.init(rawValue: number)
    }
}

extension OxenError {
    fileprivate static func extra(_ message: String) -> OxenError { OxenError(.invalidExtra, message) }
}

/// Takes the parts of a name field from its front.
private struct ExtraReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    mutating func byte(_ part: String) throws(OxenError) -> UInt8 {
        guard let byte = rest.popFirst() else { throw .extra("the field ends before its \(part)") }
        return byte
    }

    mutating func varint(_ part: String) throws(OxenError) -> UInt64 {
        guard let value = Varint.take(from: &rest) else { throw .extra("the field's \(part) is no number") }
        return value
    }

    mutating func bytes(_ count: Int, _ part: String) throws(OxenError) -> [UInt8] {
        guard rest.count >= count else { throw .extra("the field ends within its \(part)") }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    mutating func hash(_ part: String) throws(OxenError) -> Bytes32 {
        Bytes32(try bytes(Bytes32.byteCount, part)) ?? Bytes32()
    }

    mutating func owner() throws(OxenError) -> NameOwner {
        switch try varint("kind of owner") {
        case 0:
            let (spendKey, viewKey) = (try hash("owner"), try hash("owner"))
            let flag = try byte("owner")
            guard flag <= 1 else { throw .extra("the owner is neither an address nor a subaddress") }
            return .wallet(spendKey: spendKey, viewKey: viewKey, isSubaddress: flag == 1)
        case 1: return .ed25519(Ed25519PublicKey(try hash("owner")))
        default: throw .extra("the owner is of an unknown kind")
        }
    }

    mutating func signature() throws(OxenError) -> OwnerSignature {
        let kind = try varint("kind of signature")
        let bytes = try bytes(WalletSignature.byteCount, "signature")
        switch kind {
        case 0: return .wallet(bytes)
        case 1: return .ed25519(bytes)
        default: throw .extra("the signature is of an unknown kind")
        }
    }

    mutating func record(_ type: NameType) throws(OxenError) -> NameRecord {
        let count = try varint("record")
        guard count <= NameRecord.maximumStoredByteCount else { throw .extra("the field's record is too long") }
        do {
            return try NameRecord(stored: try bytes(Int(count), "record"), type: type)
        } catch let error as OxenError {
            throw error
        } catch {
            throw OxenError(.invalidExtra, "the field's record has a wrong length", underlying: error)
        }
    }

    func end() throws(OxenError) {
        guard rest.isEmpty else { throw .extra("the field has \(rest.count) bytes too many") }
    }
}
