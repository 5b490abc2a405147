public import SessionInterfaces

/// Buys, changes and renews names with an Oxen wallet, as the daemon's view of the chain allows. Follows protocol
/// document 05, section 3.
///
/// Each order is written to a journal before its transaction is sent; see `NamePurchase`.
public actor WalletRegistrar: NameRegistrar {
    private let wallet: OxenWallet
    private let journal: PurchaseJournal
    private let checks: OrderChecks
    /// Names whose orders are being carried out.
    private var busy: Set<LedgerName> = []

    /// - Parameters:
    ///   - daemon: that of the wallet, or another one that is trusted.
    ///   - network: whose addresses are values and owners.
    public init(wallet: OxenWallet, daemon: OxenDaemon, network: OxenNetwork, journal: PurchaseJournal) {
        self.wallet = wallet
        self.journal = journal
        checks = OrderChecks(wallet: wallet, daemon: daemon, network: network)
    }

    public func funds() async throws -> NameFunds {
        try await RegistrarError.translating { try await wallet.funds() }
    }

    public func quote(_ order: NameOrder) async throws -> NameQuote {
        try await quote(order, signature: nil)
    }

    /// - Parameter signature: 64 bytes by an owner who is another wallet, for a change of owners. Wallets pass on no
    ///   signatures of Ed25519 keys.
    public func quote(_ order: NameOrder, signature: [UInt8]?) async throws -> NameQuote {
        let name = try checks.name(of: order)
        return try await RegistrarError.translating {
            let (price, funds) = try await checks.terms(of: order, name, signature: signature)
            let transaction = try await wallet.prepare(order, name: name, signature: signature)
            return NameQuote(price: price, fee: transaction.fee(beyond: price), funds: funds)
        }
    }

    public func submit(_ order: NameOrder) async throws -> NameReceipt {
        try await submit(order, key: nil)
    }

    /// Carries `order` out.
    /// - Parameters:
    ///   - key: chosen by the caller. With the same one, an order that was carried out is not carried out again.
    ///   - signature: as in `quote(_:signature:)`.
    /// - Throws: `RegistrarError`, `StoreError`, or `CancellationError`.
    public func submit(_ order: NameOrder, key: String?, signature: [UInt8]? = nil) async throws -> NameReceipt {
        let name = try checks.name(of: order)
        guard busy.insert(name).inserted else {
            throw RegistrarError(.inProgress, "an order for the name is being carried out")
        }
        defer { busy.remove(name) }
        var purchase = try await begin(order, name, key: key, signature: signature)
        while true {
            switch purchase.next {
            case .prepare:
                let transaction = try await RegistrarError.translating {
                    try await wallet.prepare(order, name: name, signature: signature)
                }
                try await advance(&purchase, .prepared(transaction), of: name)
            case .look(let transaction):
                let sighting = try await RegistrarError.translating { try await self.sighting(of: transaction) }
                try await advance(&purchase, .seen(sighting), of: name)
            case .send(let transaction):
                try await send(transaction, of: order, name)
                try await advance(&purchase, .sent, of: name)
            case .finish(let receipt): return receipt
            case .wait: throw Self.unsettled()
            case .drop:
                try await journal.remove(name)
                throw RegistrarError(.refused, "the network dropped the transaction; the order can be given again")
            }
        }
    }

    /// Every order whose transaction may be on its way. Submitting it again finishes it.
    /// - Throws: `StoreError`.
    public func unfinished() async throws -> [NamePurchase] { try await journal.unfinished() }

    /// Forgets an unfinished order whose transaction nobody has seen. The ledger accepts one purchase of a name, so even
    /// if the transaction turns up later, it is not paid beside another.
    /// - Throws: `RegistrarError(.unsettled)` when the transaction is on its way, `StoreError`, or what asking throws.
    public func abandon(_ order: NameOrder) async throws {
        let name = try checks.name(of: order)
        guard !busy.contains(name) else {
            throw RegistrarError(.inProgress, "an order for the name is being carried out")
        }
        guard let purchase = try await journal.purchase(of: name), purchase.isUnderWay else { return }
        if case .look(let transaction) = purchase.next {
            let sighting = try await RegistrarError.translating { try await self.sighting(of: transaction) }
            guard sighting == .unknown || sighting == .dropped else { throw Self.unsettled() }
        }
        try await journal.remove(name)
    }

    /// The order's purchase as it stands, or a new one, which is checked and written down.
    private func begin(
        _ order: NameOrder, _ name: LedgerName, key: String?, signature: [UInt8]?
    ) async throws -> NamePurchase {
        if let known = try await journal.purchase(of: name) {
            if try await isRepeated(order, known, name, key: key) { return known }
            guard !known.isUnderWay else { throw Self.inTheWay() }
        }
        let (price, _) = try await RegistrarError.translating {
            try await checks.terms(of: order, name, signature: signature)
        }
        let purchase = NamePurchase(order, price: price, key: key)
        guard try await journal.begin(purchase, of: name) else { throw Self.inTheWay() }
        return purchase
    }

    /// Whether `order` is the one that is under way or was carried out. Without a key, that can be told of purchases
    /// only: a renewal may be meant a second time.
    private func isRepeated(
        _ order: NameOrder, _ known: NamePurchase, _ name: LedgerName, key: String?
    ) async throws -> Bool {
        guard known.order == order else { return false }
        if known.isUnderWay { return true }
        guard let transaction = known.settledTransaction else { return false }
        if let key { return known.key == key }
        guard case .buy = order else { return false }
        let entry = try await RegistrarError.translating { try await checks.entry(of: name) }
        return entry?.transaction == transaction
    }

    private func advance(_ purchase: inout NamePurchase, _ event: NamePurchase.Event, of name: LedgerName) async throws
    {
        if purchase.handle(event) { try await journal.write(purchase, of: name) }
    }

    /// A refusal does not say that nothing was sent: wallets give one for whatever goes wrong on the way.
    private func send(_ transaction: PreparedTransaction, of order: NameOrder, _ name: LedgerName) async throws {
        do {
            try await wallet.relay(transaction)
        } catch let error as OxenError {
            let sighting = try? await sighting(of: transaction)
            if sighting == .waiting || sighting.map(Self.isMined) == true { return }
            if case .buy = order, let entry = try? await checks.entry(of: name), entry.transaction != transaction.hash {
                // The ledger will never accept the transaction.
                try await journal.remove(name)
                throw RegistrarError(.taken, "somebody else has registered the name in the meantime", underlying: error)
            }
            throw Self.unsettled(error)
        }
    }

    private static func isMined(_ sighting: NamePurchase.Sighting) -> Bool {
        if case .mined = sighting { true } else { false }
    }

    private func sighting(of transaction: PreparedTransaction) async throws -> NamePurchase.Sighting {
        switch try await checks.daemon.sighting(of: transaction.hash) {
        case .mined(let height): return .mined(height: height)
        case .waiting: return .waiting
        case .unknown: break
        }
        return switch try await wallet.transfer(transaction.hash) {
        case .mined(let height): .mined(height: height)
        case .failed: .dropped
        // The wallet has sent it, or believes so, and the network has not got it: it is sent again.
        case .waiting, nil: .unknown
        }
    }

    private static func unsettled(_ error: OxenError? = nil) -> RegistrarError {
        RegistrarError(
            .unsettled, "the transaction may have been sent: repeat the order to finish it, which pays nothing more",
            underlying: error)
    }

    private static func inTheWay() -> RegistrarError {
        RegistrarError(.inProgress, "another order for the name is not finished: finish or abandon it first")
    }
}
