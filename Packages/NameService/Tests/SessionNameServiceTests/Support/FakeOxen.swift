import FoundationEssentials
import HTTPTypes
import SessionInterfaces
import SessionNameService
import Synchronization

/// A daemon and a wallet of one chain, as far as orders for names need them, over the transport slot. What is not given
/// by a script is what an honest pair answers.
final class FakeOxen: Transport {
    struct Question: Sendable {
        let isWallet: Bool
        let method: String
        let parameters: String
        let authorization: String?
    }

    struct Order: Hashable, Sendable {
        let method: String
        let name: String
        let type: String
        let owner: String
    }

    struct State: Sendable {
        var unlocked: UInt64 = 100_000_000_000
        /// Transactions that the wallet made, by hash.
        var made: [String: Order] = [:]
        /// Hashes of those that arrived, in order.
        var arrived: [String] = []
        /// Those of the arrived that are in a block.
        var mined: Set<String> = []
        var minesAtOnce = true
        var isRelaySilent = false
        /// Whether what is sent gets lost on the way.
        var losesTransactions = false
        var failedTransfers: Set<String> = []
        /// Bodies that stand in for the honest answers, by method.
        var script: [String: String] = [:]
        var status = 200
        var failure: TransportError?
        var version = "10"
        var questions: [Question] = []
        /// A record that somebody else registered.
        var foreign: (nameHash: String, owner: String)?
    }

    static let daemonHost = "daemon.test:1"
    static let walletHost = "wallet.test:2"
    static let address = AddressTests.standard

    let state: Mutex<State>
    private let crash: CrashPlan

    init(crash: CrashPlan = CrashPlan(), _ change: (inout State) -> Void = { _ in }) {
        var state = State()
        change(&state)
        self.state = Mutex(state)
        self.crash = crash
    }

    var daemon: OxenDaemon {
        get throws { OxenDaemon(try RPCEndpoint(Self.daemonHost), transport: self) }
    }

    var wallet: OxenWallet {
        get throws { OxenWallet(try RPCEndpoint("http://\(Self.walletHost)"), transport: self) }
    }

    func registrar(_ store: any Store) throws -> WalletRegistrar {
        WalletRegistrar(
            wallet: try wallet, daemon: try daemon, network: .mainnet,
            journal: PurchaseJournal(store: store, network: .mainnet))
    }

    func shutdown() async {}

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        let document = try JSONDecoder().decode(Document.self, from: Data(request.body))
        let isWallet = request.head.authority == Self.walletHost
        let parameters = String(decoding: request.body, as: UTF8.self)
        let change: @Sendable () throws -> TransportResponse = {
            try self.state.withLock { state in
                state.questions.append(
                    Question(
                        isWallet: isWallet, method: document.method, parameters: parameters,
                        authorization: request.head.headerFields[.authorization]))
                if let failure = state.failure { throw failure }
                let result =
                    state.script[document.method]
                    ?? #"{"jsonrpc":"2.0","id":"0",\#(Self.answer(document, &state))}"#
                if state.isRelaySilent, document.method == "relay_tx" {
                    throw TransportError(.timedOut, "no answer")
                }
                return TransportResponse(
                    HTTPResponse(status: .init(code: state.status)), body: Array(result.utf8))
            }
        }
        return try await crash.around { try change() }
    }

    private struct Document: Decodable {
        struct Parameters: Decodable {
            var name: String?
            var type: String?
            var owner: String?
            var hex: String?
            var txid: String?
            var nameHash: String?
            var txHashes: [String]?

            init(from decoder: any Decoder) throws {
                let members = try decoder.container(keyedBy: Keys.self)
                name = try? members.decode(String.self, forKey: .name)
                type = try? members.decode(String.self, forKey: .type)
                owner = try? members.decode(String.self, forKey: .owner)
                hex = try? members.decode(String.self, forKey: .hex)
                txid = try? members.decode(String.self, forKey: .txid)
                nameHash =
                    (try? members.decode(String.self, forKey: .nameHash))
                    ?? (try? members.decode([String].self, forKey: .nameHash))?.first
                    ?? (try? members.decode([Entry].self, forKey: .entries))?.first?.nameHash
                txHashes = try? members.decode([String].self, forKey: .txHashes)
            }

            struct Entry: Decodable {
                let nameHash: String

                enum CodingKeys: String, CodingKey { case nameHash = "name_hash" }
            }

            enum Keys: String, CodingKey {
                case name, type, owner, hex, txid, entries
                case nameHash = "name_hash"
                case txHashes = "tx_hashes"
            }
        }

        let method: String
        let params: Parameters
    }

    static let record = KnownRecords.value + KnownRecords.nonce

    private static func answer(_ document: Document, _ state: inout State) -> String {
        let parameters = document.params
        switch document.method {
        case "get_info":
            return
                #""result":{"height":1000,"hard_fork":19,"nettype":"mainnet","version":"\#(state.version)","status":"OK"}"#
        case "get_balance":
            return #""result":{"balance":\#(state.unlocked),"unlocked_balance":\#(state.unlocked)}"#
        case "get_address": return #""result":{"address":"\#(address)","addresses":[{"address":"\#(address)"}]}"#
        case "ons_resolve":
            guard let hash = parameters.nameHash, entry(hash, state) != nil else { return #""result":{}"# }
            let stored = hash == lokinetHash ? lokinetRecord : record
            return #""result":{"encrypted_value":"\#(stored.dropLast(48))","nonce":"\#(stored.suffix(48))"}"#
        case "ons_names_to_owners":
            let found = parameters.nameHash.flatMap { entry($0, state) } ?? ""
            return #""result":{"\#(state.version == "11" ? "result" : "entries")":[\#(found)],"status":"OK"}"#
        case "get_transactions":
            let hash = parameters.txHashes?.first ?? ""
            guard state.arrived.contains(hash) else {
                return #""result":{"txs":[],"missed_tx":["\#(hash)"],"status":"OK"}"#
            }
            let place = state.mined.contains(hash) ? #""block_height":1000"# : #""in_pool":true"#
            return #""result":{"txs":[{"tx_hash":"\#(hash)",\#(place)}],"status":"OK"}"#
        case "ons_buy_mapping", "ons_renew_mapping", "ons_update_mapping":
            let hash = Hex.encode([UInt8](repeating: UInt8(truncatingIfNeeded: state.made.count + 1), count: 32))
            state.made[hash] = Order(
                method: document.method, name: parameters.name ?? "", type: parameters.type ?? "",
                owner: parameters.owner ?? address)
            return #""result":{"tx_hash":"\#(hash)","fee":20000000,"tx_metadata":"\#(hash)"}"#
        case "relay_tx":
            let hash = parameters.hex ?? ""
            guard let order = state.made[hash] else { return error(-27, "bad metadata") }
            guard !state.losesTransactions, !state.arrived.contains(hash) else {
                return state.losesTransactions ? #""result":{"tx_hash":"\#(hash)"}"# : error(-4, "Failed to commit tx.")
            }
            state.arrived.append(hash)
            if state.minesAtOnce { state.mined.insert(hash) }
            state.unlocked -= order.method == "ons_update_mapping" ? 0 : 7_000_000_000
            return #""result":{"tx_hash":"\#(hash)"}"#
        case "get_transfer_by_txid":
            let hash = parameters.txid ?? ""
            guard state.failedTransfers.contains(hash) else { return error(-8, "Transaction not found.") }
            return #""result":{"transfer":{"type":"failed","height":0}}"#
        default: return error(-32601, "Method not found")
        }
    }

    private static func error(_ code: Int, _ message: String) -> String {
        #""error":{"code":\#(code),"message":"\#(message)"}"#
    }

    /// The newest transaction about a name, as an entry.
    private static func entry(_ hash: String, _ state: State) -> String? {
        let latest = state.arrived.last { transaction in
            guard state.mined.contains(transaction), let order = state.made[transaction] else { return false }
            let type: NameType =
                order.type.hasPrefix("lokinet") ? .lokinet : order.type == "wallet" ? .wallet : .session
            return (try? LedgerName(order.name, type: type).base64Hash) == hash
        }
        let (type, stored) = hash == lokinetHash ? (2, lokinetRecord) : (0, record)
        if let latest, let order = state.made[latest] {
            return row(hash, type, stored, owner: order.owner, transaction: latest)
        }
        guard let foreign = state.foreign, foreign.nameHash == hash else { return nil }
        return row(hash, type, stored, owner: foreign.owner, transaction: String(repeating: "f", count: 64))
    }

    private static func row(
        _ hash: String, _ type: Int, _ stored: String, owner: String, transaction: String
    ) -> String {
        #"{"entry_index":0,"type":\#(type),"name_hash":"\#(hash)","owner":"\#(owner)","encrypted_value":"\#(stored)","#
            + #""update_height":900,"txid":"\#(transaction)"}"#
    }

    static let lokinetHash = (try? LedgerName("test.loki", type: .lokinet).base64Hash) ?? ""
    static let lokinetRecord =
        "db328ff9d2ad9224392b9338de2c62a76af6dd3a3fcc9e283b167a5ff859fa39778499718c7bc63ee83025de25de6dde"
        + "000102030405060708090a0b0c0d0e0f1011121314151617"
}
