import SessionInterfaces
import SessionNameService
import SessionSwarm

/// The daemon's methods about names and the chain. Follows protocol document 05, sections 2.3 and 2.4.
struct DaemonMethods: Sendable {
    static let questionLimit = 256
    static let typeLimit = 8

    let version: Int

    func answer(_ method: String, _ parameters: JSONValue, _ ledger: OxenLedger) throws(OxenRefusal) -> JSONValue {
        switch method {
        case "ons_resolve", "lns_resolve": try resolve(parameters, ledger)
        case "ons_names_to_owners", "lns_names_to_owners":
            version >= 11 ? try owners(parameters, ledger) : try oldOwners(parameters, ledger)
        case "ons_owners_to_names", "lns_owners_to_names": try names(parameters, ledger)
        case "get_transactions", "gettransactions": try transactions(parameters, ledger)
        case "get_info", "getinfo": info(ledger)
        case "get_height", "getheight": ["height": .count(ledger.height), "status": "OK"]
        case "hard_fork_info":
            ["version": .integer(Int64(ledger.hardFork)), "enabled": true, "earliest_height": 0, "status": "OK"]
        default: throw .unknownMethod
        }
    }

    private func info(_ ledger: OxenLedger) -> JSONValue {
        [
            "height": .count(ledger.height), "target_height": 0, "hard_fork": .integer(Int64(ledger.hardFork)),
            "nettype": .string(ledger.network.rawValue), "mainnet": .bool(ledger.network == .mainnet),
            "version": .string(String(version)), "target": 120, "tx_pool_size": 0,
            "tx_count": .integer(Int64(ledger.transactions.count)),
            "ons_counts": .array(ledger.activeCounts.map { .integer(Int64($0)) }), "status": "OK",
        ]
    }

    private func resolve(_ parameters: JSONValue, _ ledger: OxenLedger) throws(OxenRefusal) -> JSONValue {
        guard let number = parameters["type"]?.integer else { throw .parameter("type") }
        guard let text = parameters["name_hash"]?.string else { throw .parameter("name_hash") }
        let type = try type(number, ledger, upTo: 5)
        guard let hash = LedgerName.hash(reading: text) else {
            throw .wrong("Unable to resolve: 'name_hash' is invalid")
        }
        guard let entry = ledger.active(.init(type: type, nameHash: hash)) else { return [:] }
        var answer: [String: JSONValue] = ["encrypted_value": .string(Hex.encode(entry.record.encryptedValue))]
        if !entry.record.isLegacy { answer["nonce"] = .string(Hex.encode(entry.record.nonce)) }
        return .object(answer)
    }

    /// The form before version 11.
    private func oldOwners(_ parameters: JSONValue, _ ledger: OxenLedger) throws(OxenRefusal) -> JSONValue {
        guard let asked = parameters["entries"]?.array else { throw .parameter("entries") }
        guard asked.count <= Self.questionLimit else { throw .wrong("too many names are asked for") }
        var rows: [JSONValue] = []
        for (index, question) in asked.enumerated() {
            guard let hash = question["name_hash"]?.string.flatMap(LedgerName.hash(reading:)) else {
                throw .wrong("the name hash is invalid")
            }
            let numbers = question["types"]?.array ?? []
            guard numbers.count <= Self.typeLimit else { throw .wrong("too many types are asked for") }
            let types = try numbers.isEmpty ? NameType.allCases : self.types(numbers, ledger)
            for type in types {
                let key = OxenLedger.Key(type: type, nameHash: hash)
                let entry = parameters["include_expired"] == true ? ledger.entries[key] : ledger.active(key)
                guard let entry else { continue }
                rows.append(row(key, entry, ledger, extra: ["entry_index": .integer(Int64(index))]))
            }
        }
        return ["entries": .array(rows), "status": "OK"]
    }

    private func owners(_ parameters: JSONValue, _ ledger: OxenLedger) throws(OxenRefusal) -> JSONValue {
        guard let asked = parameters["name_hash"]?.array else { throw .parameter("name_hash") }
        let numbers = parameters["type"]?.array ?? []
        guard asked.count <= Self.questionLimit, numbers.count <= Self.typeLimit else {
            throw .wrong("too much is asked for")
        }
        guard !numbers.isEmpty else { return ["type": [], "status": "OK"] }
        var rows: [JSONValue] = []
        for text in asked {
            guard let hash = text.string.flatMap(LedgerName.hash(reading:)) else {
                throw .wrong("the name hash is invalid")
            }
            for type in try types(numbers, ledger) {
                let key = OxenLedger.Key(type: type, nameHash: hash)
                // The real daemon of this version reads past the end of a list here.
                guard let entry = ledger.active(key) else { throw OxenRefusal(code: -32603, message: "Internal error") }
                rows.append(row(key, entry, ledger))
            }
        }
        return ["result": .array(rows), "type": .array(numbers), "status": "OK"]
    }

    private func names(_ parameters: JSONValue, _ ledger: OxenLedger) throws(OxenRefusal) -> JSONValue {
        guard let asked = parameters["entries"]?.array else { throw .parameter("entries") }
        guard asked.count <= Self.questionLimit else { throw .wrong("too many owners are asked for") }
        var rows: [JSONValue] = []
        for (index, text) in asked.enumerated() {
            guard let text = text.string, let owner = try? NameOwner(text, network: ledger.network) else {
                throw .wrong("'\(text.string ?? "")' is no owner")
            }
            for (key, entry) in ledger.owned(by: owner, includingExpired: parameters["include_expired"] == true) {
                rows.append(row(key, entry, ledger, extra: ["request_index": .integer(Int64(index))]))
            }
        }
        return ["entries": .array(rows), "status": "OK"]
    }

    private func transactions(_ parameters: JSONValue, _ ledger: OxenLedger) throws(OxenRefusal) -> JSONValue {
        guard let asked = (parameters["tx_hashes"] ?? parameters["txs_hashes"])?.array else {
            throw .parameter("tx_hashes")
        }
        var (found, missed): ([JSONValue], [JSONValue]) = ([], [])
        for text in asked {
            guard let hash = text.string.flatMap({ Hex.decode($0) }).flatMap({ Bytes32($0) }) else {
                throw .parameter("tx_hashes")
            }
            guard let transaction = ledger.transactions[hash] else {
                missed.append(.string(hash.hex))
                continue
            }
            var row: [String: JSONValue] = [
                "tx_hash": .string(hash.hex), "block_height": .count(transaction.height),
                "fee": .count(transaction.fee.units), "burned": .count(transaction.burned.units),
            ]
            if parameters["tx_extra"] == true { row["extra"] = ["ons": description(of: transaction.extra, ledger)] }
            found.append(.object(row))
        }
        var answer: [String: JSONValue] = ["txs": .array(found), "status": "OK"]
        if !missed.isEmpty { answer["missed_tx"] = .array(missed) }
        return .object(answer)
    }

    private func description(of extra: NameExtra, _ ledger: OxenLedger) -> JSONValue {
        var members: [String: JSONValue] = ["name_hash": .string(extra.nameHash.hex)]
        switch extra {
        case .buy(let type, _, let owner, let backupOwner, let record):
            members["buy"] = true
            members["type"] = .string(type.nameType.rpcName)
            members["blocks"] = type.lifetime(on: ledger.network).map { .count($0) }
            members["owner"] = owner.json(ledger.network)
            members["backup_owner"] = backupOwner?.json(ledger.network)
            members["value"] = .string(Hex.encode(record.stored))
        case .update(let update, _):
            members["update"] = true
            members["type"] = .string(update.type.rpcName)
            members["owner"] = update.owner?.json(ledger.network)
            members["backup_owner"] = update.backupOwner?.json(ledger.network)
            members["value"] = update.record.map { .string(Hex.encode($0.stored)) }
        case .renew(let type, _, _):
            members["renew"] = true
            members["type"] = .string(type.nameType.rpcName)
            members["blocks"] = type.lifetime(on: ledger.network).map { .count($0) }
        }
        return .object(members)
    }

    private func types(_ numbers: [JSONValue], _ ledger: OxenLedger) throws(OxenRefusal) -> [NameType] {
        var types: [NameType] = []
        for number in numbers {
            guard let number = number.integer else { throw .parameter("type") }
            types.append(try type(number, ledger, upTo: 5))
        }
        return types
    }

    /// Purchases' types are looked up as what they buy.
    private func type(_ number: Int64, _ ledger: OxenLedger, upTo last: UInt8) throws(OxenRefusal) -> NameType {
        guard let type = UInt8(exactly: number).flatMap(MappingType.init(rawValue:)), type.rawValue <= last,
            ledger.hardFork >= type.firstHardFork
        else { throw .wrong("Unable to resolve: invalid type") }
        return type.nameType
    }

    private func row(
        _ key: OxenLedger.Key, _ entry: OxenLedger.Entry, _ ledger: OxenLedger, extra: [String: JSONValue] = [:]
    ) -> JSONValue {
        var members = extra
        members["type"] = .integer(Int64(key.type.rawValue))
        members["name_hash"] = .string(Base64.encode(key.nameHash.bytes))
        members["owner"] = entry.owner.json(ledger.network)
        members["backup_owner"] = entry.backupOwner?.json(ledger.network)
        members["encrypted_value"] = .string(Hex.encode(entry.record.stored))
        members["update_height"] = .count(entry.updateHeight)
        members["expiration_height"] = entry.expirationHeight.map { .count($0) }
        members["txid"] = .string(entry.transaction.hex)
        return .object(members)
    }
}

extension JSONValue {
    /// A number of up to 64 bits.
    static func count(_ value: UInt64) -> JSONValue {
        Int64(exactly: value).map { .integer($0) } ?? .unsigned(value)
    }
}

extension NameOwner {
    /// Keys that are no points have no address; such an owner is shown by none.
    func json(_ network: OxenNetwork) -> JSONValue { .string((try? text(on: network)) ?? "") }
}
