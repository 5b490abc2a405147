import FoundationEssentials
import SessionInterfaces

/// The stored form: JSON with a version.
extension NamePurchase {
    private static let version = 1

    fileprivate struct Document: Codable {
        let version: Int
        let action: String
        let name: String
        /// The ledger's number: of the purchase for purchases and renewals, of the name for updates.
        let type: UInt8
        let value: String?
        let owner: String?
        let backupOwner: String?
        let price: UInt64
        let key: String?
        let stage: String
        let transaction: PreparedTransaction?
        let height: UInt64?
    }

    func encoded() throws -> [UInt8] {
        let (action, type, value, owner, backupOwner): (String, UInt8, String?, String?, String?) =
            switch order {
            case .buy(_, let type, let value, let owner, let backup): ("buy", type.rawValue, value, owner, backup)
            case .update(_, let type, let value, let owner, let backup): ("update", type.rawValue, value, owner, backup)
            case .renew(_, let type): ("renew", type.rawValue, nil, nil, nil)
            }
        let (stage, transaction, height): (String, PreparedTransaction?, UInt64?) =
            switch self.stage {
            case .planned: ("planned", nil, nil)
            case .prepared(let transaction): ("prepared", transaction, nil)
            case .sent(let transaction): ("sent", transaction, nil)
            case .settled(let transaction, let height): ("settled", transaction, height)
            }
        let document = Document(
            version: Self.version, action: action, name: order.name, type: type, value: value, owner: owner,
            backupOwner: backupOwner, price: price.units, key: key, stage: stage, transaction: transaction,
            height: height)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return [UInt8](try encoder.encode(document))
    }

    /// - Throws: `StoreError`: `.unsupportedVersion` for a later version's, `.corrupted` for anything else.
    init(decoding bytes: [UInt8]) throws(StoreError) {
        guard let document = try? JSONDecoder().decode(Document.self, from: Data(bytes)) else {
            throw StoreError(.corrupted, "a stored order is damaged")
        }
        guard document.version == Self.version else {
            throw StoreError(.unsupportedVersion, "a stored order is of version \(document.version)")
        }
        guard let order = document.order, let stage = document.stageValue else {
            throw StoreError(.corrupted, "a stored order is of an unknown kind")
        }
        self.init(order, price: OxenAmount(units: document.price), key: document.key, stage: stage)
    }
}

extension NamePurchase.Document {
    fileprivate var order: NameOrder? {
        switch action {
        case "buy":
            guard let type = MappingType(rawValue: type), let value else { return nil }
            return .buy(name, type, value: value, owner: owner, backupOwner: backupOwner)
        case "update":
            guard let type = NameType(rawValue: type) else { return nil }
            return .update(name, type, value: value, owner: owner, backupOwner: backupOwner)
        case "renew":
            return MappingType(rawValue: type).map { .renew(name, $0) }
        default: return nil
        }
    }

    fileprivate var stageValue: NamePurchase.Stage? {
        switch (stage, transaction) {
        case ("planned", _): .planned
        case ("prepared", let transaction?): .prepared(transaction)
        case ("sent", let transaction?): .sent(transaction)
        case ("settled", let transaction?): height.map { .settled(transaction, height: $0) }
        default: nil
        }
    }
}
