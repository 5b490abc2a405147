import SessionInterfaces
import SessionNameService
import SessionSwarm

/// The wallet's methods for names. Follows protocol document 05, section 3.4.
struct WalletNameMethods: Sendable {
    let random: any RandomSource

    func answer(
        _ method: String, _ parameters: JSONValue, _ wallet: inout LedgerWallet, _ ledger: inout OxenLedger
    ) throws(OxenRefusal) -> JSONValue {
        switch method {
        case "ons_buy_mapping": return try buy(parameters, &wallet, &ledger)
        case "ons_renew_mapping": return try renew(parameters, &wallet, &ledger)
        case "ons_update_mapping": return try update(parameters, &wallet, &ledger)
        case "ons_make_update_mapping_signature": return try signature(parameters, wallet, ledger)
        case "ons_encrypt_value": return try encrypted(parameters, ledger)
        case "ons_decrypt_value": return try decrypted(parameters, ledger)
        case "ons_add_known_names":
            for row in parameters["names"]?.array ?? [] {
                if let name = try Self.name(row) { wallet.knownNames.insert(name) }
            }
            return [:]
        case "ons_known_names": return knownNames(parameters, wallet, ledger)
        default: throw .unknownMethod
        }
    }

    private func buy(
        _ parameters: JSONValue, _ wallet: inout LedgerWallet, _ ledger: inout OxenLedger
    ) throws(OxenRefusal) -> JSONValue {
        let (type, name) = try (Self.type(parameters), requiredName(parameters))
        guard let text = Self.text(parameters, "value") else { throw .parameter("value") }
        let record = try record(of: text, name, ledger)
        guard let price = type.price(atHardFork: ledger.hardFork) else {
            throw .impossible("the type is not known yet")
        }
        let extra = NameExtra.buy(
            type, nameHash: name.hash, owner: try owner(parameters, "owner", ledger) ?? wallet.owner,
            backupOwner: try owner(parameters, "backup_owner", ledger), record)
        let answer = try transaction(extra, burned: price, parameters, &wallet, &ledger)
        wallet.knownNames.insert(name)
        return answer
    }

    private func renew(
        _ parameters: JSONValue, _ wallet: inout LedgerWallet, _ ledger: inout OxenLedger
    ) throws(OxenRefusal) -> JSONValue {
        let (type, name) = try (Self.type(parameters), requiredName(parameters))
        guard type.nameType == .lokinet else {
            throw OxenRefusal(code: -1002, message: "only lokinet names are renewed")
        }
        guard let entry = ledger.active(.init(type: type.nameType, nameHash: name.hash)),
            let price = type.price(atHardFork: ledger.hardFork)
        else { throw .impossible("the name is not registered") }
        let extra = NameExtra.renew(type, nameHash: name.hash, previousTransaction: entry.transaction)
        return try transaction(extra, burned: price, parameters, &wallet, &ledger)
    }

    private func update(
        _ parameters: JSONValue, _ wallet: inout LedgerWallet, _ ledger: inout OxenLedger
    ) throws(OxenRefusal) -> JSONValue {
        let update = try self.update(parameters, ledger, valueKey: "value")
        let signature: OwnerSignature
        if let text = Self.text(parameters, "signature") {
            guard let bytes = Hex.decode(text), bytes.count == WalletSignature.byteCount else {
                throw .impossible("the signature is not 128 hexadecimal digits")
            }
            signature = .wallet(bytes)
        } else {
            signature = wallet.sign(update.hash, random: random)
        }
        let extra = NameExtra.update(update, signature)
        return try transaction(extra, burned: .zero, parameters, &wallet, &ledger)
    }

    private func signature(
        _ parameters: JSONValue, _ wallet: LedgerWallet, _ ledger: OxenLedger
    ) throws(OxenRefusal) -> JSONValue {
        let update = try update(parameters, ledger, valueKey: "encrypted_value")
        guard let entry = ledger.active(.init(type: update.type, nameHash: update.nameHash)),
            entry.isOwned(by: wallet.owner), case .wallet(let bytes) = wallet.sign(update.hash, random: random)
        else { throw .impossible("the wallet does not own the name") }
        return ["signature": .string(Hex.encode(bytes))]
    }

    /// The change that the parameters describe.
    private func update(
        _ parameters: JSONValue, _ ledger: OxenLedger, valueKey: String
    ) throws(OxenRefusal) -> NameUpdate {
        let name = try requiredName(parameters)
        guard let entry = ledger.active(.init(type: name.type, nameHash: name.hash)) else {
            throw .impossible("the name is not registered")
        }
        let record = try Self.text(parameters, valueKey).map { (text) throws(OxenRefusal) in
            try self.record(of: text, name, ledger)
        }
        do {
            return try NameUpdate(
                type: name.type, nameHash: name.hash, record: record, owner: owner(parameters, "owner", ledger),
                backupOwner: owner(parameters, "backup_owner", ledger), previousTransaction: entry.transaction)
        } catch let error as OxenRefusal {
            throw error
        } catch {
            throw .impossible("\(error)")
        }
    }

    /// Makes the transaction, tries it on a copy of the ledger, and sends it unless that is not wanted.
    private func transaction(
        _ extra: NameExtra, burned: OxenAmount, _ parameters: JSONValue, _ wallet: inout LedgerWallet,
        _ ledger: inout OxenLedger
    ) throws(OxenRefusal) -> JSONValue {
        guard parameters["priority"]?.integer ?? 0 < 5 else { throw .impossible("cannot request a blink TX") }
        var trial = ledger
        do {
            try trial.apply(extra, burned: burned, as: Bytes32())
        } catch {
            throw .impossible(error.message)
        }
        let transaction = try wallet.prepare(extra, burned: burned, random: random)
        if parameters["do_not_relay"] != true { try wallet.send(transaction.hash, to: &ledger) }
        var answer: [String: JSONValue] = [
            "tx_hash": .string(transaction.hash.hex), "fee": .count(transaction.fee.units), "amount": 0,
            "multisig_txset": "", "unsigned_txset": "", "tx_blob": "", "tx_metadata": "",
        ]
        if parameters["get_tx_metadata"] == true { answer["tx_metadata"] = .string(transaction.hash.hex) }
        return .object(answer)
    }

    private func encrypted(_ parameters: JSONValue, _ ledger: OxenLedger) throws(OxenRefusal) -> JSONValue {
        let name = try requiredName(parameters)
        let record = try record(of: Self.text(parameters, "value") ?? "", name, ledger)
        return ["encrypted_value": .string(Hex.encode(record.stored))]
    }

    private func decrypted(_ parameters: JSONValue, _ ledger: OxenLedger) throws(OxenRefusal) -> JSONValue {
        let name = try requiredName(parameters)
        guard let text = Self.text(parameters, "encrypted_value"), text.utf8.count < 226 else {
            throw OxenRefusal(code: -1004, message: "the value is too long")
        }
        guard let stored = Hex.decode(text) else {
            throw OxenRefusal(code: -1005, message: "the value is not hexadecimal")
        }
        guard let record = try? NameRecord(stored: stored, type: name.type),
            let value = try? record.open(for: name, network: ledger.network)
        else { throw OxenRefusal(code: -1007, message: "the value cannot be decrypted") }
        return ["value": .string(value.description)]
    }

    private func knownNames(_ parameters: JSONValue, _ wallet: LedgerWallet, _ ledger: OxenLedger) -> JSONValue {
        let rows = wallet.knownNames.sorted { $0.text < $1.text }.compactMap { name -> JSONValue? in
            let key = OxenLedger.Key(type: name.type, nameHash: name.hash)
            guard let entry = ledger.entries[key] else { return nil }
            let isActive = ledger.isActive(entry)
            guard isActive || parameters["include_expired"] == true else { return nil }
            var row: [String: JSONValue] = [
                "type": .string(name.type.rpcName), "hashed": .string(name.base64Hash), "name": .string(name.text),
                "owner": entry.owner.json(ledger.network), "txid": .string(entry.transaction.hex),
                "encrypted_value": .string(Hex.encode(entry.record.stored)),
                "update_height": .count(entry.updateHeight),
            ]
            row["backup_owner"] = entry.backupOwner?.json(ledger.network)
            row["expiration_height"] = entry.expirationHeight.map { .count($0) }
            if !isActive { row["expired"] = true }
            if parameters["decrypt"] == true {
                row["value"] = (try? entry.record.open(for: name, network: ledger.network)).map { .string("\($0)") }
            }
            return .object(row)
        }
        return ["known_names": .array(rows)]
    }

    private func record(of text: String, _ name: LedgerName, _ ledger: OxenLedger) throws(OxenRefusal) -> NameRecord {
        do {
            let value = try NameValue(text, type: name.type, network: ledger.network)
            return try NameRecord.seal(value, for: name, random: random)
        } catch {
            throw .impossible("\(error)")
        }
    }

    private func owner(
        _ parameters: JSONValue, _ key: String, _ ledger: OxenLedger
    ) throws(OxenRefusal) -> NameOwner? {
        guard let text = Self.text(parameters, key) else { return nil }
        do {
            return try NameOwner(text, network: ledger.network)
        } catch {
            throw .impossible("\(error)")
        }
    }

    private func requiredName(_ parameters: JSONValue) throws(OxenRefusal) -> LedgerName {
        guard let name = try Self.name(parameters) else { throw .parameter("name") }
        return name
    }

    /// The name in the parameters; nil when there is none.
    static func name(_ parameters: JSONValue) throws(OxenRefusal) -> LedgerName? {
        guard let text = text(parameters, "name") else { return nil }
        do {
            return try LedgerName(text, type: type(parameters).nameType)
        } catch let error as OxenRefusal {
            throw error
        } catch {
            throw OxenRefusal(code: -1003, message: "\(error)")
        }
    }

    private static func type(_ parameters: JSONValue) throws(OxenRefusal) -> MappingType {
        guard let type = text(parameters, "type").flatMap(MappingType.init(rpcName:)) else {
            throw OxenRefusal(code: -1002, message: "wrong ONS type")
        }
        return type
    }

    /// An empty text means that nothing is given.
    private static func text(_ parameters: JSONValue, _ key: String) -> String? {
        parameters[key]?.string.flatMap { $0.isEmpty ? nil : $0 }
    }
}
