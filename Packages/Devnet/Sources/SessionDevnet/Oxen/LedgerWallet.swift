import SessionCrypto
import SessionInterfaces
@_spi(TestNetwork) import SessionNameService

/// A wallet of the chain: keys, money and the names that it was told of. Makes transactions; the ledger judges them.
struct LedgerWallet: Sendable {
    struct Transaction: Hashable, Sendable {
        let extra: NameExtra
        let burned: OxenAmount
        let fee: OxenAmount
        let hash: Bytes32
    }

    static let fee = OxenAmount(units: 20_000_000)

    let address: OxenAddress
    let password: SecretText
    private let spendSecret: SecretBytes
    var balance: OxenAmount
    var isOpen = true
    /// Names that the wallet was told of, for they cannot be told from their hashes.
    var knownNames: Set<LedgerName> = []
    /// Made and not sent, by hash.
    private(set) var prepared: [Bytes32: Transaction] = [:]
    /// Sent.
    private(set) var sent: [Bytes32: UInt64] = [:]

    var owner: NameOwner { NameOwner(address) }

    init(
        network: OxenNetwork, balance: OxenAmount, password: SecretText, random: any RandomSource
    ) throws(OxenError) {
        spendSecret = SecretBytes(random.bytes(32))
        let viewSecret = SecretBytes(random.bytes(32))
        address = try OxenAddress(
            network: network, kind: .standard, spendKey: WalletSignature.publicKey(of: spendSecret),
            viewKey: WalletSignature.publicKey(of: viewSecret))
        self.balance = balance
        self.password = password
    }

    /// The wallet's signature of `hash`, as an owner.
    func sign(_ hash: Bytes32, random: any RandomSource) -> OwnerSignature {
        .wallet(WalletSignature.sign(hash, by: spendSecret, nonce: SecretBytes(random.bytes(32))))
    }

    /// Makes a transaction. It takes no money before it is sent.
    /// - Throws: `OxenRefusal` when there is too little money.
    mutating func prepare(
        _ extra: NameExtra, burned: OxenAmount, random: any RandomSource
    ) throws(OxenRefusal) -> Transaction {
        guard balance >= burned + Self.fee else {
            throw OxenRefusal(code: -37, message: "not enough unlocked money")
        }
        // The inputs that a real transaction spends make its hash differ from every other.
        let hash = BLAKE2b.hash32(extra.bytes, NameExtra.burnField(burned), random.bytes(32))
        let transaction = Transaction(extra: extra, burned: burned, fee: Self.fee, hash: hash)
        prepared[hash] = transaction
        return transaction
    }

    /// Sends a transaction that was made: once. Again is a double spend, which the chain refuses.
    /// - Throws: `OxenRefusal`.
    mutating func send(_ hash: Bytes32, to ledger: inout OxenLedger) throws(OxenRefusal) {
        guard let transaction = prepared[hash] else {
            throw OxenRefusal(code: -27, message: "Failed to parse tx metadata.")
        }
        let height = ledger.height
        let cost = transaction.burned + transaction.fee
        do {
            guard sent[hash] == nil, balance >= cost else { throw OxenRefusal.wrong("double spend") }
            try ledger.mine(transaction.extra, burned: transaction.burned, fee: transaction.fee, as: hash)
        } catch {
            throw OxenRefusal(code: -4, message: "Failed to commit tx.")
        }
        balance = OxenAmount(units: balance.units - cost.units)
        sent[hash] = height
    }
}
