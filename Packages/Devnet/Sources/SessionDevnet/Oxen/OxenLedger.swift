import SessionInterfaces
import SessionNameService

/// The names of the Oxen chain: a value that takes transactions and tells who owns what. Every transaction is a block of
/// its own. Follows protocol document 05, sections 1.7, 2.3 and 3.5 to 3.7.
struct OxenLedger: Sendable {
    struct Key: Hashable, Sendable {
        let type: NameType
        let nameHash: Bytes32
    }

    struct Entry: Hashable, Sendable {
        var owner: NameOwner
        var backupOwner: NameOwner?
        var record: NameRecord
        var updateHeight: UInt64
        /// The last height at which it is valid; nil means for ever.
        var expirationHeight: UInt64?
        /// The newest transaction about it.
        var transaction: Bytes32

        func isOwned(by owner: NameOwner) -> Bool { self.owner == owner || backupOwner == owner }
    }

    struct MinedTransaction: Hashable, Sendable {
        let extra: NameExtra
        let burned: OxenAmount
        let fee: OxenAmount
        let height: UInt64
    }

    let network: OxenNetwork
    private(set) var hardFork: Int
    /// The height that the next block gets.
    private(set) var height: UInt64
    var entries: [Key: Entry] = [:]
    private(set) var transactions: [Bytes32: MinedTransaction] = [:]

    init(network: OxenNetwork, hardFork: Int, height: UInt64 = 1) {
        self.network = network
        self.hardFork = hardFork
        self.height = height
    }

    /// The record, unless it has expired.
    func active(_ key: Key) -> Entry? { entries[key].flatMap { isActive($0) ? $0 : nil } }

    func isActive(_ entry: Entry) -> Bool { entry.expirationHeight.map { $0 >= height } ?? true }

    /// Every record of which `owner` is owner or backup owner, in a fixed order.
    func owned(by owner: NameOwner, includingExpired: Bool) -> [(Key, Entry)] {
        entries.filter { $1.isOwned(by: owner) && (includingExpired || isActive($1)) }
            .sorted { ($0.value.updateHeight, $0.key.nameHash) < ($1.value.updateHeight, $1.key.nameHash) }
            .map { ($0.key, $0.value) }
    }

    /// How many records of accounts, wallets and Lokinet are active.
    var activeCounts: [Int] {
        NameType.allCases.map { type in entries.count { $0.key.type == type && isActive($0.value) } }
    }

    /// Adds blocks without transactions.
    mutating func advance(by count: UInt64) {
        let (sum, overflow) = height.addingReportingOverflow(count)
        height = overflow ? .max : sum
    }

    /// Puts a transaction into a block of its own.
    /// - Throws: `OxenRefusal` when the chain does not accept it; nothing is changed then.
    mutating func mine(
        _ extra: NameExtra, burned: OxenAmount, fee: OxenAmount, as transaction: Bytes32
    ) throws(OxenRefusal) {
        guard transactions[transaction] == nil else { throw .wrong("the transaction is in a block already") }
        try apply(extra, burned: burned, as: transaction)
        transactions[transaction] = MinedTransaction(extra: extra, burned: burned, fee: fee, height: height)
        advance(by: 1)
    }
}
