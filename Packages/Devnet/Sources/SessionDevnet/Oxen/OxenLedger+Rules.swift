import SessionInterfaces
import SessionNameService

/// What the chain accepts.
extension OxenLedger {
    /// - Throws: `OxenRefusal` for what no daemon would put into a block.
    mutating func apply(_ extra: NameExtra, burned: OxenAmount, as transaction: Bytes32) throws(OxenRefusal) {
        switch extra {
        case .buy(let type, let nameHash, let owner, let backupOwner, let record):
            try checkPrice(of: type, burned)
            let key = Key(type: type.nameType, nameHash: nameHash)
            try checkPurchase(key, owner, backupOwner, record)
            entries[key] = Entry(
                owner: owner, backupOwner: backupOwner, record: record, updateHeight: height,
                expirationHeight: type.lifetime(on: network).map { height + $0 }, transaction: transaction)
        case .update(let update, let signature):
            guard burned == .zero else { throw .wrong("an update burns nothing") }
            try self.update(update, signature, as: transaction)
        case .renew(let type, let nameHash, let previousTransaction):
            try checkPrice(of: type, burned)
            let key = Key(type: type.nameType, nameHash: nameHash)
            guard var entry = active(key), let end = entry.expirationHeight, let time = type.lifetime(on: network)
            else {
                throw .wrong("the name is not registered, or never expires")
            }
            try checkPrevious(entry, previousTransaction)
            entry.expirationHeight = end + time
            entry.updateHeight = height
            entry.transaction = transaction
            entries[key] = entry
        }
    }

    /// The price has to be met exactly.
    private func checkPrice(of type: MappingType, _ burned: OxenAmount) throws(OxenRefusal) {
        guard let price = type.price(atHardFork: hardFork) else {
            throw .wrong("names of type \(type.rpcName) are not known in hard fork \(hardFork)")
        }
        guard burned == price else { throw .wrong("\(burned) are burned instead of \(price)") }
    }

    /// Accounts' and wallets' names share their hashes: whoever has one may buy the other.
    private func checkPurchase(
        _ key: Key, _ owner: NameOwner, _ backupOwner: NameOwner?, _ record: NameRecord
    ) throws(OxenRefusal) {
        guard active(key) == nil else { throw .wrong("the name is registered already") }
        guard owner != backupOwner else { throw .wrong("the owner and the backup owner are the same") }
        guard record.type == key.type, !record.isLegacy else { throw .wrong("the record is none of this type") }
        let other: NameType? =
            switch key.type {
            case .session: .wallet
            case .wallet: .session
            case .lokinet: nil
            }
        guard let other, let entry = active(Key(type: other, nameHash: key.nameHash)) else { return }
        guard entry.isOwned(by: owner), backupOwner.map(entry.isOwned(by:)) ?? true else {
            throw .wrong("the name belongs to somebody else under another type")
        }
    }

    private func checkPrevious(_ entry: Entry, _ previousTransaction: Bytes32) throws(OxenRefusal) {
        guard entry.transaction == previousTransaction else {
            throw .wrong("there is a newer transaction about the name")
        }
    }

    private mutating func update(
        _ update: NameUpdate, _ signature: OwnerSignature, as transaction: Bytes32
    ) throws(OxenRefusal) {
        let key = Key(type: update.type, nameHash: update.nameHash)
        guard var entry = active(key) else { throw .wrong("the name is not registered") }
        try checkPrevious(entry, update.previousTransaction)
        let owners = [entry.owner, entry.backupOwner].compactMap { $0 }
        guard owners.contains(where: { signature.isBy($0, of: update.hash) }) else {
            throw .wrong("the update is signed by no owner")
        }
        guard update.record != entry.record, update.owner == nil || update.owner != entry.owner,
            update.backupOwner == nil || update.backupOwner != entry.backupOwner
        else { throw .wrong("the update changes something into what it is") }
        entry.record = update.record ?? entry.record
        entry.owner = update.owner ?? entry.owner
        entry.backupOwner = update.backupOwner ?? entry.backupOwner
        guard entry.owner != entry.backupOwner else { throw .wrong("the owner and the backup owner are the same") }
        entry.updateHeight = height
        entry.transaction = transaction
        entries[key] = entry
    }
}
