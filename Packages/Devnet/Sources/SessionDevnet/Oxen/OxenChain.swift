import SessionCrypto
import SessionInterfaces
import SessionNameService
import SessionSwarm

/// The Oxen chain of a network with its daemon and one wallet, which answer as the real programs do.
actor OxenChain {
    private var ledger: OxenLedger
    private var wallet: LedgerWallet
    private let daemon: DaemonMethods
    private let random: any RandomSource

    /// - Parameter daemonVersion: the major version that the daemon is of; from 11 on it asks for owners differently.
    init(
        network: OxenNetwork, hardFork: Int, height: UInt64, funds: OxenAmount, walletPassword: SecretText,
        daemonVersion: Int = 10, random: any RandomSource
    ) throws(OxenError) {
        ledger = OxenLedger(network: network, hardFork: hardFork, height: height)
        wallet = try LedgerWallet(network: network, balance: funds, password: walletPassword, random: random)
        daemon = DaemonMethods(version: daemonVersion)
        self.random = random
    }

    /// The wallet's address.
    var address: String { wallet.address.description }

    /// The record behind a name, unless it has expired.
    func record(of nameHash: Bytes32, type: NameType) -> NameRecord? {
        ledger.active(.init(type: type, nameHash: nameHash))?.record
    }

    /// Registers `value` under `name` as if it had been bought by the wallet, in place of what is there.
    func put(_ value: NameValue, under name: LedgerName) throws {
        let record = try NameRecord.seal(value, for: name, random: random)
        ledger.entries[.init(type: name.type, nameHash: name.hash)] = OxenLedger.Entry(
            owner: wallet.owner, record: record, updateHeight: ledger.height,
            expirationHeight: MappingType(shortest: name.type).lifetime(on: ledger.network).map { ledger.height + $0 },
            transaction: BLAKE2b.hash32(record.stored, name.hash.bytes))
        wallet.knownNames.insert(name)
    }

    /// Adds blocks, and money to the wallet.
    func advance(by blocks: UInt64, funds: OxenAmount = .zero) {
        ledger.advance(by: blocks)
        wallet.balance = wallet.balance + funds
    }

    /// The daemon's answer to a method of its JSON-RPC.
    /// - Throws: `OxenRefusal`.
    func daemonAnswer(_ method: String, _ parameters: JSONValue) throws -> JSONValue {
        try daemon.answer(method, parameters, ledger)
    }

    /// The wallet's answer to a method of its JSON-RPC.
    /// - Throws: `OxenRefusal`.
    func walletAnswer(_ method: String, _ parameters: JSONValue) throws -> JSONValue {
        try WalletMethods(random: random).answer(method, parameters, &wallet, &ledger)
    }
}
