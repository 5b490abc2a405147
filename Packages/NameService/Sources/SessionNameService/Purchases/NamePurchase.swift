public import SessionInterfaces

/// An order on its way through the wallet. A value without I/O: it says what to do next, and is told what came of it.
///
/// The transaction is made before it is sent, and written down in between. What is sent again after a crash is the same
/// transaction, so that nothing is bought twice.
public struct NamePurchase: Hashable, Sendable {
    public enum Stage: Hashable, Sendable {
        /// Written down; no transaction exists.
        case planned
        /// The transaction is written down. It may have been sent.
        case prepared(PreparedTransaction)
        /// The wallet has sent it.
        case sent(PreparedTransaction)
        /// It is in a block.
        case settled(PreparedTransaction, height: UInt64)
    }

    /// What to do next.
    public enum Step: Hashable, Sendable {
        case prepare
        /// Ask daemon and wallet where the transaction is.
        case look(PreparedTransaction)
        case send(PreparedTransaction)
        case finish(NameReceipt)
        /// The transaction was sent, and nobody has seen it yet: later.
        case wait(PreparedTransaction)
        /// The network has dropped the transaction: the order may be given anew.
        case drop(PreparedTransaction)
    }

    /// What happened.
    public enum Event: Hashable, Sendable {
        case prepared(PreparedTransaction)
        case sent
        case seen(Sighting)
    }

    /// What daemon and wallet together know of a transaction.
    public enum Sighting: Hashable, Sendable {
        case unknown
        case waiting
        case mined(height: UInt64)
        case dropped
    }

    public let order: NameOrder
    public let price: OxenAmount
    /// By which the caller knows the order again after it was finished.
    public let key: String?
    public private(set) var stage: Stage

    /// What was seen since this value was made or read; not written down.
    private var sighting: Sighting?
    private var wasSentNow = false

    public init(_ order: NameOrder, price: OxenAmount, key: String? = nil, stage: Stage = .planned) {
        self.order = order
        self.price = price
        self.key = key
        self.stage = stage
    }

    /// Whether its transaction may be on its way: then no other order for the name can be begun.
    public var isUnderWay: Bool {
        switch stage {
        case .planned, .settled: false
        case .prepared, .sent: true
        }
    }

    /// The transaction of the order, when it is known to be in a block.
    var settledTransaction: Bytes32? {
        if case .settled(let transaction, _) = stage { transaction.hash } else { nil }
    }

    public var next: Step {
        switch stage {
        case .planned: .prepare
        case .settled(let transaction, let height): .finish(receipt(transaction, height: height))
        case .prepared(let transaction), .sent(let transaction):
            switch sighting {
            case nil: .look(transaction)
            case .mined(let height): .finish(receipt(transaction, height: height))
            case .waiting: .finish(receipt(transaction, height: nil))
            case .dropped: .drop(transaction)
            case .unknown: wasSentNow ? .wait(transaction) : .send(transaction)
            }
        }
    }

    /// - Returns: whether the stage changed, and is to be written down before the next step.
    public mutating func handle(_ event: Event) -> Bool {
        let before = stage
        switch (event, stage) {
        case (.prepared(let transaction), .planned):
            stage = .prepared(transaction)
        case (.sent, .prepared(let transaction)), (.sent, .sent(let transaction)):
            stage = .sent(transaction)
            wasSentNow = true
            sighting = nil
        case (.seen(let seen), .prepared(let transaction)), (.seen(let seen), .sent(let transaction)):
            sighting = seen
            switch seen {
            case .mined(let height): stage = .settled(transaction, height: height)
            case .waiting: stage = .sent(transaction)
            case .unknown, .dropped: break
            }
        default: break
        }
        return stage != before
    }

    private func receipt(_ transaction: PreparedTransaction, height: UInt64?) -> NameReceipt {
        NameReceipt(transaction: transaction.hash, price: price, fee: transaction.fee(beyond: price), height: height)
    }
}
