import SessionInterfaces
import SessionNameService
import Testing

@Suite struct WalletRegistrarTests {
    static let buy = NameOrder.buy("Alice", .session, value: KnownRecords.account)
    static let otherBuy = NameOrder.buy(
        "alice", .session, value: "05" + String(repeating: "1", count: 64), owner: String(repeating: "0", count: 64))

    @Test func buys() async throws {
        let oxen = FakeOxen()
        let registrar = try oxen.registrar(FakeStore())
        let receipt = try await registrar.submit(Self.buy)
        #expect(receipt.price == OxenAmount(units: 7_000_000_000))
        #expect(receipt.fee == OxenAmount(units: 20_000_000))
        #expect(receipt.height == 1000)
        #expect(oxen.state.withLock { $0.made.values.map(\.name) } == ["alice"])
        #expect(try await registrar.unfinished().isEmpty)
        #expect(try await registrar.funds().unlocked == OxenAmount(units: 93_000_000_000))
    }

    @Test func quotesSendNothing() async throws {
        let oxen = FakeOxen()
        let quote = try await oxen.registrar(FakeStore()).quote(Self.buy)
        #expect(quote.total == OxenAmount(units: 7_020_000_000))
        #expect(oxen.state.withLock { $0.arrived.isEmpty })
        #expect(oxen.state.withLock { $0.questions.filter { $0.method == "ons_buy_mapping" } }.count == 1)
        #expect(oxen.state.withLock { $0.questions.last?.parameters.contains(#""do_not_relay":true"#) } == true)
    }

    /// Whatever step outwards is the last one before the process ends, before it took effect or after: repeating the
    /// order finishes it, and it is paid once.
    @Test(arguments: [false, true])
    func crashesAnywhere(isAfter: Bool) async throws {
        let whole = CrashPlan()
        _ = try await FakeOxen(crash: whole).registrar(FakeStore(crash: whole)).submit(Self.buy)
        #expect(whole.count > 8)
        for step in 0..<whole.count {
            let plan = CrashPlan(at: step, isAfter: isAfter)
            let (oxen, store) = (FakeOxen(crash: plan), FakeStore(crash: plan))
            await #expect(throws: (any Error).self) { try await oxen.registrar(store).submit(Self.buy) }
            plan.recover()
            let receipt = try await oxen.registrar(store).submit(Self.buy)
            let state = oxen.state.withLock { $0 }
            #expect(state.arrived.count == 1, "step \(step)")
            #expect(state.arrived == [receipt.transaction.hex], "step \(step)")
            #expect(state.unlocked == 93_000_000_000, "step \(step)")
        }
    }

    /// As above for a renewal, which the ledger would accept twice.
    @Test(arguments: [false, true])
    func renewalsCrashAnywhere(isAfter: Bool) async throws {
        let order = NameOrder.renew("test.loki", .lokinet2Years)
        func oxen(_ plan: CrashPlan) -> FakeOxen {
            FakeOxen(crash: plan) { $0.foreign = (FakeOxen.lokinetHash, AddressTests.standard) }
        }
        let whole = CrashPlan()
        _ = try await oxen(whole).registrar(FakeStore(crash: whole)).submit(order, key: "k")
        for step in 0..<whole.count {
            let plan = CrashPlan(at: step, isAfter: isAfter)
            let (oxen, store) = (oxen(plan), FakeStore(crash: plan))
            await #expect(throws: (any Error).self) { try await oxen.registrar(store).submit(order, key: "k") }
            plan.recover()
            _ = try await oxen.registrar(store).submit(order, key: "k")
            _ = try await oxen.registrar(store).submit(order, key: "k")
            #expect(oxen.state.withLock { $0.arrived.count } == 1, "step \(step)")
            // With another key it is meant a second time.
            _ = try await oxen.registrar(store).submit(order, key: "l")
            #expect(oxen.state.withLock { $0.arrived.count } == 2, "step \(step)")
        }
    }

    /// The wallet's answer to sending is lost, and the transaction is not.
    @Test func lostAnswers() async throws {
        let (oxen, store) = (FakeOxen { $0.isRelaySilent = true }, FakeStore())
        _ = try await oxen.registrar(store).submit(Self.buy)
        #expect(oxen.state.withLock { $0.arrived.count } == 1)
    }

    /// The transaction is lost, and the wallet says that all is well.
    @Test func lostTransactions() async throws {
        let (oxen, store) = (FakeOxen { $0.losesTransactions = true }, FakeStore())
        for _ in 0..<3 {
            await #expect(throws: RegistrarError(.unsettled, "")) { try await oxen.registrar(store).submit(Self.buy) }
        }
        #expect(try await oxen.registrar(store).unfinished().map(\.order) == [Self.buy])
        // Meanwhile nothing else can be done with the name.
        await #expect(throws: RegistrarError(.inProgress, "")) { try await oxen.registrar(store).submit(Self.otherBuy) }
        oxen.state.withLock { $0.losesTransactions = false }
        _ = try await oxen.registrar(store).submit(Self.buy)
        #expect(oxen.state.withLock { ($0.made.count, $0.arrived.count) } == (1, 1))
    }

    @Test func abandonedOrders() async throws {
        let (oxen, store) = (FakeOxen { $0.losesTransactions = true }, FakeStore())
        let registrar = try oxen.registrar(store)
        await #expect(throws: RegistrarError(.unsettled, "")) { try await registrar.submit(Self.buy) }
        try await registrar.abandon(Self.buy)
        #expect(try await registrar.unfinished().isEmpty)
        oxen.state.withLock { $0.losesTransactions = false }
        _ = try await registrar.submit(Self.otherBuy)
        #expect(oxen.state.withLock { $0.arrived.count } == 1)
    }

    @Test func ordersOnTheirWayAreNotAbandoned() async throws {
        let oxen = FakeOxen { $0.minesAtOnce = false }
        let registrar = try oxen.registrar(FakeStore())
        #expect(try await registrar.submit(Self.buy).height == nil)
        await #expect(throws: RegistrarError(.unsettled, "")) { try await registrar.abandon(Self.buy) }
        oxen.state.withLock { $0.mined = Set($0.arrived) }
        #expect(try await registrar.submit(Self.buy).height == 1000)
        #expect(oxen.state.withLock { $0.arrived.count } == 1)
    }

    @Test func droppedTransactions() async throws {
        let (oxen, store) = (FakeOxen { $0.losesTransactions = true }, FakeStore())
        await #expect(throws: RegistrarError(.unsettled, "")) { try await oxen.registrar(store).submit(Self.buy) }
        oxen.state.withLock { state in
            state.failedTransfers = Set(state.made.keys)
            state.losesTransactions = false
        }
        await #expect(throws: RegistrarError(.refused, "")) { try await oxen.registrar(store).submit(Self.buy) }
        _ = try await oxen.registrar(store).submit(Self.buy)
        #expect(oxen.state.withLock { $0.arrived.count } == 1)
    }

    /// Someone else was quicker: the transaction will never be accepted.
    @Test func namesTakenInTheMeantime() async throws {
        let (oxen, store) = (FakeOxen { $0.losesTransactions = true }, FakeStore())
        await #expect(throws: RegistrarError(.unsettled, "")) { try await oxen.registrar(store).submit(Self.buy) }
        let hash = try LedgerName("alice", type: .session).base64Hash
        oxen.state.withLock { state in
            state.foreign = (hash, AddressTests.standard)
            state.script["relay_tx"] = #"{"error":{"code":-4,"message":"Failed to commit tx."}}"#
        }
        await #expect(throws: RegistrarError(.taken, "")) { try await oxen.registrar(store).submit(Self.buy) }
        #expect(try await oxen.registrar(store).unfinished().isEmpty)
    }

    @Test func repeatedPurchases() async throws {
        let (oxen, store) = (FakeOxen(), FakeStore())
        let first = try await oxen.registrar(store).submit(Self.buy)
        #expect(try await oxen.registrar(store).submit(Self.buy) == first)
        await #expect(throws: RegistrarError(.taken, "")) { try await oxen.registrar(store).submit(Self.otherBuy) }
        await #expect(throws: RegistrarError(.taken, "")) { try await oxen.registrar(FakeStore()).submit(Self.buy) }
        #expect(oxen.state.withLock { $0.arrived.count } == 1)
    }

    @Test func ownersChange() async throws {
        let (oxen, store) = (FakeOxen(), FakeStore())
        let registrar = try oxen.registrar(store)
        _ = try await registrar.submit(Self.buy)
        let key = String(repeating: "0", count: 64)
        let receipt = try await registrar.submit(.update("alice", .session, owner: key))
        #expect(receipt.price == .zero)
        // It is somebody else's now.
        await #expect(throws: RegistrarError(.notOwner, "")) {
            try await registrar.submit(.update("alice", .session, value: KnownRecords.account))
        }
    }

    static let refusals: [(NameOrder, RegistrarError.Code)] = [
        (.buy("a b", .session, value: KnownRecords.account), .invalidOrder),
        (.buy("alice", .session, value: "alice"), .invalidOrder),
        (.buy("alice", .wallet, value: KnownRecords.account), .invalidOrder),
        (
            .buy(
                "alice", .wallet,
                value:
                    "T6TzkJb5EiASaCkcH7idBEi1HSrpSQJE1Zq3aL65ojBMPZvqHNYPTL56i3dncGVNEYCG5QG5zrBmRiVwcg6b1cRM1SRNqbp44"),
            .invalidOrder
        ),
        (.buy("alice", .lokinet1Year, value: "\(AddressTests.lokinet).loki"), .invalidOrder),
        (.buy("alice", .session, value: KnownRecords.account, owner: "me"), .invalidOrder),
        (
            .buy(
                "alice", .session, value: KnownRecords.account, owner: AddressTests.standard,
                backupOwner: AddressTests.standard), .invalidOrder
        ),
        (.update("alice", .session), .invalidOrder), (.renew("alice", .session), .invalidOrder),
        (.update("alice", .session, value: KnownRecords.account), .notRegistered),
        (.renew("other.loki", .lokinet1Year), .notRegistered),
    ]

    @Test(arguments: refusals.indices)
    func wrongOrders(index: Int) async throws {
        let (order, code) = Self.refusals[index]
        let oxen = FakeOxen()
        await #expect(throws: RegistrarError(code, "")) { try await oxen.registrar(FakeStore()).submit(order) }
        await #expect(throws: RegistrarError(code, "")) { try await oxen.registrar(FakeStore()).quote(order) }
        #expect(oxen.state.withLock { $0.made.isEmpty })
        #expect(code != .invalidOrder || oxen.state.withLock { $0.questions.isEmpty })
    }

    @Test(
        arguments: [
            (-13, RegistrarError.Code.locked), (-22, .locked), (-7, .cannotSpend), (-29, .cannotSpend),
            (-17, .insufficientFunds), (-37, .insufficientFunds), (-38, .unreachable), (-3, .unreachable),
            (-1003, .invalidOrder), (-16, .refused), (-1, .refused), (Int64.min, .refused), (.max, .refused),
        ] as [(Int64, RegistrarError.Code)])
    func walletsRefuse(reason: Int64, code: RegistrarError.Code) async throws {
        let (oxen, store) = (FakeOxen(), FakeStore())
        oxen.state.withLock {
            $0.script["ons_buy_mapping"] = #"{"error":{"code":\#(reason),"message":"reason"}}"#
        }
        let error = await #expect(throws: RegistrarError.self) { try await oxen.registrar(store).submit(Self.buy) }
        #expect(error?.code == code)
        #expect(error?.message.contains("reason") == true)
        // What was refused is not in the way of anything.
        #expect(try await oxen.registrar(store).unfinished().isEmpty)
        oxen.state.withLock { $0.script = [:] }
        _ = try await oxen.registrar(store).submit(Self.otherBuy)
    }

    @Test(arguments: [
        #"{"result":{}}"#, #"{"result":{"tx_hash":"00","fee":1,"tx_metadata":"00"}}"#, "[]", "",
        #"{"result":{"tx_hash":"\#(String(repeating: "z", count: 64))","fee":1,"tx_metadata":"00"}}"#,
        #"{"result":{"tx_hash":"\#(String(repeating: "0", count: 64))","fee":-1,"tx_metadata":"00"}}"#,
    ])
    func walletsTalkNonsense(answer: String) async throws {
        let oxen = FakeOxen { $0.script["ons_buy_mapping"] = answer }
        await #expect(throws: RegistrarError(.invalidAnswer, "")) {
            try await oxen.registrar(FakeStore()).submit(Self.buy)
        }
    }

    @Test func watchOnlyWallets() async throws {
        let hash = String(repeating: "0", count: 64)
        let oxen = FakeOxen {
            $0.script["ons_buy_mapping"] = #"{"result":{"tx_hash":"\#(hash)","fee":1,"unsigned_txset":"00"}}"#
        }
        await #expect(throws: RegistrarError(.cannotSpend, "")) {
            try await oxen.registrar(FakeStore()).submit(Self.buy)
        }
    }

    @Test func theWholeState() async throws {
        let poor = FakeOxen { $0.unlocked = 6_999_999_999 }
        let error = await #expect(throws: RegistrarError.self) {
            try await poor.registrar(FakeStore()).submit(Self.buy)
        }
        #expect(error?.code == .insufficientFunds)
        #expect(error?.message.contains("6.999999999") == true)
        let silent = FakeOxen { $0.failure = TransportError(.unreachable, "") }
        await #expect(throws: RegistrarError(.unreachable, "")) {
            try await silent.registrar(FakeStore()).submit(Self.buy)
        }
        let closed = FakeOxen { $0.status = 401 }
        await #expect(throws: RegistrarError(.locked, "")) { try await closed.registrar(FakeStore()).funds() }
        let foreign = FakeOxen {
            $0.script["get_info"] =
                #"{"result":{"height":1,"hard_fork":19,"nettype":"testnet","version":"10","status":"OK"}}"#
        }
        await #expect(throws: RegistrarError(.invalidOrder, "")) {
            try await foreign.registrar(FakeStore()).submit(Self.buy)
        }
        let behind = FakeOxen {
            $0.script["get_info"] =
                #"{"result":{"height":1,"target_height":9,"hard_fork":19,"version":"10","status":"OK"}}"#
        }
        await #expect(throws: RegistrarError(.unreachable, "")) {
            try await behind.registrar(FakeStore()).submit(Self.buy)
        }
        let old = FakeOxen {
            $0.script["get_info"] = #"{"result":{"height":1,"hard_fork":14,"version":"10","status":"OK"}}"#
        }
        await #expect(throws: RegistrarError(.refused, "")) { try await old.registrar(FakeStore()).submit(Self.buy) }
    }

    /// A wallet that sends something else than it was given.
    @Test func sentSomethingElse() async throws {
        let oxen = FakeOxen {
            $0.script["relay_tx"] = #"{"result":{"tx_hash":"\#(String(repeating: "a", count: 64))"}}"#
        }
        await #expect(throws: RegistrarError(.unsettled, "")) {
            try await oxen.registrar(FakeStore()).submit(Self.buy)
        }
    }
}
