import SessionInterfaces
import SessionNameService
import SessionSwarm

/// The wallet's methods, without those for names. Follows protocol document 05, sections 3.2 and 3.3.
struct WalletMethods: Sendable {
    private static let closed = OxenRefusal(code: -13, message: "No wallet file")

    let random: any RandomSource

    func answer(
        _ method: String, _ parameters: JSONValue, _ wallet: inout LedgerWallet, _ ledger: inout OxenLedger
    ) throws(OxenRefusal) -> JSONValue {
        switch method {
        case "open_wallet":
            guard wallet.password.isEqual(to: .init(parameters["password"]?.string ?? "")) else {
                throw OxenRefusal(code: -22, message: "invalid password")
            }
            wallet.isOpen = true
            return [:]
        case "ons_hash_name": return try hash(parameters)
        default: break
        }
        guard wallet.isOpen else { throw Self.closed }
        switch method {
        case "close_wallet":
            wallet.isOpen = false
            return [:]
        case "store", "refresh": return [:]
        case "get_height": return ["height": .count(ledger.height)]
        case "get_address":
            let address = JSONValue.string(wallet.address.description)
            return [
                "address": address, "addresses": [["address": address, "label": "", "address_index": 0, "used": true]],
            ]
        case "get_balance":
            let balance = JSONValue.count(wallet.balance.units)
            return ["balance": balance, "unlocked_balance": balance, "blocks_to_unlock": 0, "time_to_unlock": 0]
        case "relay_tx": return try relay(parameters, &wallet, &ledger)
        case "get_transfer_by_txid": return try transfer(parameters, wallet)
        default:
            let names = WalletNameMethods(random: random)
            return try names.answer(method, parameters, &wallet, &ledger)
        }
    }

    private func hash(_ parameters: JSONValue) throws(OxenRefusal) -> JSONValue {
        guard let name = try WalletNameMethods.name(parameters) else { throw .parameter("name") }
        return ["name": .string(name.base64Hash)]
    }

    /// The metadata of a transaction is its hash here: clients take it as it is.
    private func relay(
        _ parameters: JSONValue, _ wallet: inout LedgerWallet, _ ledger: inout OxenLedger
    ) throws(OxenRefusal) -> JSONValue {
        guard let bytes = parameters["hex"]?.string.flatMap({ Hex.decode($0) }) else {
            throw OxenRefusal(code: -26, message: "Failed to parse hex.")
        }
        guard let hash = Bytes32(bytes) else { throw OxenRefusal(code: -27, message: "Failed to parse tx metadata.") }
        try wallet.send(hash, to: &ledger)
        return ["tx_hash": .string(hash.hex)]
    }

    private func transfer(_ parameters: JSONValue, _ wallet: LedgerWallet) throws(OxenRefusal) -> JSONValue {
        guard let hash = parameters["txid"]?.string.flatMap({ Hex.decode($0) }).flatMap({ Bytes32($0) }) else {
            throw OxenRefusal(code: -8, message: "TX ID has invalid format")
        }
        guard let height = wallet.sent[hash] else { throw OxenRefusal(code: -8, message: "Transaction not found.") }
        let row: JSONValue = ["txid": .string(hash.hex), "type": "out", "height": .count(height)]
        return ["transfer": row, "transfers": [row]]
    }
}
