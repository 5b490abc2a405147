import HTTPTypes
import SessionCrypto
import SessionInterfaces
import SessionNameService
import SessionStorage
import SessionSwarm
import Testing

@testable import SessionDevnet

/// The chain over the transport slot: the daemon at one address, the wallet at another.
private struct OxenTransport: Transport {
    let chain: OxenChain

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        let program: OxenService.Program = request.head.authority == "wallet:1" ? .wallet : .daemon
        return TransportResponse(
            HTTPResponse(status: .ok), body: await OxenService(program: program, chain: chain).answer(request.body))
    }

    func shutdown() async {}
}

@Suite struct OxenChainTests {
    static let account = "05d2ad010eeb72d72e561d9de7bd7b6989af77dcabffa03a5111a6c859ae5c3a72"
    static let otherAccount = "05" + String(repeating: "1", count: 64)
    static let lokinet = "7okic5x5do3uh3usttnqz9ek3uuoemdrwzto1hciwim9f947or6y.loki"

    private struct Setup {
        let chain: OxenChain
        let daemon: OxenDaemon
        let wallet: OxenWallet
        let registrar: WalletRegistrar

        init(
            network: OxenNetwork = .fakechain, coins: UInt64 = 10_000, version: Int = 10, hardFork: Int = 19
        ) throws {
            chain = try OxenChain(
                network: network, hardFork: hardFork, height: 1000,
                funds: OxenAmount(units: coins * OxenAmount.unitsPerCoin), walletPassword: SecretText("secret"),
                daemonVersion: version, random: SeededRandom(seed: 1))
            let transport = OxenTransport(chain: chain)
            daemon = OxenDaemon(try RPCEndpoint("daemon:1"), transport: transport)
            wallet = OxenWallet(try RPCEndpoint("wallet:1"), transport: transport)
            registrar = WalletRegistrar(
                wallet: wallet, daemon: daemon, network: network,
                journal: PurchaseJournal(store: MemoryStore(), network: network))
        }

        func resolve(_ name: String) async throws -> String {
            try await OxendNameResolver([daemon]).resolve(name).hex
        }
    }

    @Test(arguments: [10, 11])
    func manyNames(version: Int) async throws {
        let setup = try Setup(version: version)
        for number in 0..<100 {
            let receipt = try await setup.registrar.submit(
                .buy("name\(number)", .session, value: Self.account))
            #expect(receipt.height == 1000 + UInt64(number))
        }
        for number in [0, 99] { #expect(try await setup.resolve("Name\(number)") == Self.account) }
        let owned = try await setup.daemon.entries(ownedBy: [await setup.chain.address])
        #expect(owned.count == 100)
        #expect(try await setup.daemon.info().nameCounts == [100, 0, 0])
        // 7 and a fee of 0.02 each.
        #expect(try await setup.registrar.funds().unlocked == OxenAmount(units: 9_298_000_000_000))
        await #expect(throws: NameError(.notFound, "")) { try await setup.resolve("name100") }
    }

    @Test func everyType() async throws {
        let setup = try Setup(network: .mainnet)
        let address = await setup.chain.address
        for order in [
            NameOrder.buy("alice", .session, value: Self.account), .buy("alice", .wallet, value: address),
            .buy("alice.loki", .lokinet10Years, value: Self.lokinet),
        ] {
            let quote = try await setup.registrar.quote(order)
            let receipt = try await setup.registrar.submit(order)
            #expect(quote.price == receipt.price)
            let name = try LedgerName(order.name, type: order.type)
            let entry = try #require(try await setup.daemon.entry(of: name, version: 10))
            #expect(entry.transaction == receipt.transaction)
            guard case .buy(_, _, let value, _, _) = order else { continue }
            #expect(try entry.record.open(for: name, network: .mainnet).description == value)
        }
        #expect(try await setup.daemon.info().nameCounts == [1, 1, 1])
    }

    @Test func updatesAndTransfers() async throws {
        let setup = try Setup()
        _ = try await setup.registrar.submit(.buy("alice", .session, value: Self.account))
        _ = try await setup.registrar.submit(.update("alice", .session, value: Self.otherAccount))
        #expect(try await setup.resolve("alice") == Self.otherAccount)
        let key = String(repeating: "a", count: 64)
        _ = try await setup.registrar.submit(.update("alice", .session, backupOwner: key))
        _ = try await setup.registrar.submit(.update("alice", .session, owner: String(repeating: "b", count: 64)))
        #expect(try await setup.daemon.entries(ownedBy: [key]).count == 1)
        await #expect(throws: RegistrarError(.notOwner, "")) {
            try await setup.registrar.submit(.update("alice", .session, value: Self.account))
        }
    }

    @Test func expiryAndRenewal() async throws {
        let setup = try Setup()
        let name = try LedgerName("alice.loki", type: .lokinet)
        _ = try await setup.registrar.submit(.buy("alice.loki", .lokinet1Year, value: Self.lokinet))
        let first = try #require(try await setup.daemon.entry(of: name, version: 10)?.expirationHeight)
        #expect(first == 1002)
        _ = try await setup.registrar.submit(.renew("alice.loki", .lokinet2Years))
        let second = try #require(try await setup.daemon.entry(of: name, version: 10)?.expirationHeight)
        #expect(second == first + 4)
        let left = try await second - setup.daemon.info().height
        await setup.chain.advance(by: left)
        #expect(try await setup.daemon.entry(of: name, version: 10) != nil)
        await setup.chain.advance(by: 1)
        #expect(try await setup.daemon.entry(of: name, version: 10) == nil)
        #expect(
            try await setup.daemon.entries(ownedBy: [await setup.chain.address], includingExpired: true).count == 1)
        await #expect(throws: RegistrarError(.notRegistered, "")) {
            try await setup.registrar.submit(.renew("alice.loki", .lokinet2Years))
        }
        // Whoever comes first has it then.
        _ = try await setup.registrar.submit(
            .buy("alice.loki", .lokinet1Year, value: Self.lokinet, owner: String(repeating: "c", count: 64)))
    }

    /// An owner elsewhere signs, and this wallet pays.
    @Test func signaturesFromElsewhere() async throws {
        let setup = try Setup()
        _ = try await setup.registrar.submit(.buy("alice", .session, value: Self.account))
        let name = try LedgerName("alice", type: .session)
        let key = String(repeating: "a", count: 64)
        let signature = try await setup.wallet.signature(of: name, backupOwner: key)
        var wrong = signature
        wrong[40] ^= 1
        let order = NameOrder.update("alice", .session, backupOwner: key)
        for bad in [wrong, [], signature + [0]] {
            await #expect(throws: RegistrarError(.notOwner, "")) {
                try await setup.registrar.submit(order, key: nil, signature: bad)
            }
        }
        // What the chain itself says of it.
        await #expect(throws: OxenError(.refused, "")) {
            try await setup.wallet.prepare(order, name: name, signature: wrong)
        }
        await #expect(throws: RegistrarError(.invalidOrder, "")) {
            try await setup.registrar.submit(
                .update("alice", .session, value: Self.otherAccount, backupOwner: key), key: nil, signature: signature)
        }
        _ = try await setup.registrar.submit(order, key: nil, signature: signature)
        #expect(try await setup.daemon.entry(of: name, version: 10)?.backupOwner == key)
    }

    @Test func walletsThatCannot() async throws {
        let poor = try Setup(coins: 7)
        await #expect(throws: RegistrarError(.insufficientFunds, "")) {
            try await poor.registrar.submit(.buy("alice", .session, value: Self.account))
        }
        let closed = try Setup()
        _ = await OxenService(program: .wallet, chain: closed.chain).answer(Array(#"{"method":"close_wallet"}"#.utf8))
        await #expect(throws: RegistrarError(.locked, "")) { try await closed.registrar.funds() }
        await #expect(throws: OxenError(.refused, "")) {
            try await closed.wallet.open(file: "w", password: SecretText("wrong"))
        }
        try await closed.wallet.open(file: "w", password: SecretText("secret"))
        #expect(try await closed.registrar.funds().balance > .zero)
    }

    static let refused: [(OxenService.Program, String, Int64)] = [
        (.daemon, "", -32700), (.daemon, "{}", -32600), (.daemon, #"{"method":"x"}"#, -32601),
        (.daemon, #"{"method":"ons_resolve","params":{"name_hash":"x"}}"#, -32602),
        (.daemon, #"{"method":"ons_resolve","params":{"type":6,"name_hash":"x"}}"#, -1),
        (.daemon, #"{"method":"ons_resolve","params":{"type":-1,"name_hash":"x"}}"#, -1),
        (.daemon, #"{"method":"ons_resolve","params":{"type":0,"name_hash":"x"}}"#, -1),
        (.daemon, #"{"method":"ons_owners_to_names","params":{"entries":["x"]}}"#, -1),
        (.daemon, #"{"method":"get_transactions","params":{"tx_hashes":["x"]}}"#, -32602),
        (.wallet, #"{"method":"relay_tx","params":{"hex":"zz"}}"#, -26),
        (.wallet, #"{"method":"relay_tx","params":{"hex":"00"}}"#, -27),
        (.wallet, #"{"method":"ons_buy_mapping","params":{"type":"x","name":"a"}}"#, -1002),
        (.wallet, #"{"method":"ons_buy_mapping","params":{"type":"session","name":"a b"}}"#, -1003),
        (.wallet, #"{"method":"ons_buy_mapping","params":{"type":"session","name":"a","value":"05"}}"#, -16),
        (.wallet, #"{"method":"ons_renew_mapping","params":{"type":"session","name":"a"}}"#, -1002),
        (.wallet, #"{"method":"get_transfer_by_txid","params":{"txid":"x"}}"#, -8),
    ]

    @Test(arguments: refused.indices)
    func refusals(index: Int) async throws {
        let (program, body, code) = Self.refused[index]
        let service = OxenService(program: program, chain: try Setup().chain)
        let answer = String(decoding: await service.answer(Array(body.utf8)), as: UTF8.self)
        #expect(answer.contains("\"code\":\(code),"), "\(answer)")
    }
}

@Suite struct OxenLedgerTests {
    static let owner = NameOwner.ed25519(Ed25519KeyPair.generate(from: SeededRandom(seed: 1)).publicKey)
    static let other = NameOwner.ed25519(Ed25519KeyPair.generate(from: SeededRandom(seed: 2)).publicKey)

    private func record(_ name: LedgerName, seed: UInt64 = 1) throws -> NameRecord {
        try NameRecord.seal(.account(AccountID(OxenChainTests.account)), for: name, random: SeededRandom(seed: seed))
    }

    private func bought(_ name: LedgerName) throws -> OxenLedger {
        var ledger = OxenLedger(network: .mainnet, hardFork: 19, height: 10)
        try ledger.mine(
            .buy(.session, nameHash: name.hash, owner: Self.owner, try record(name)),
            burned: OxenAmount(units: 7_000_000_000), fee: .zero, as: name.hash)
        return ledger
    }

    /// Too much is refused as well as too little.
    @Test(arguments: [0, 6_999_999_999, 7_000_000_001, 14_000_000_000] as [UInt64])
    func pricesAreExact(units: UInt64) throws {
        let name = try LedgerName("alice", type: .session)
        var ledger = OxenLedger(network: .mainnet, hardFork: 19)
        let extra = NameExtra.buy(.session, nameHash: name.hash, owner: Self.owner, try record(name))
        #expect(throws: OxenRefusal.self) {
            try ledger.mine(extra, burned: OxenAmount(units: units), fee: .zero, as: name.hash)
        }
        #expect(ledger.entries.isEmpty && ledger.height == 1)
    }

    @Test func oneOwnerForBothNames() throws {
        let name = try LedgerName("alice", type: .session)
        var ledger = try bought(name)
        let address = try OxenAddress(
            "L5dkQUgpdssQubjyfnkLTh9fHx2ScppAQ71Kv3jdn7rL5wBvMZ4GQWxQEH9QPcn8bLgEebMZqSeZF8pppfi2FGWbTPeQFoL",
            network: .mainnet)
        let wallet = try LedgerName("alice", type: .wallet)
        let record = try NameRecord.seal(.wallet(address), for: wallet, random: SeededRandom(seed: 1))
        let price = OxenAmount(units: 7_000_000_000)
        #expect(throws: OxenRefusal.self) {
            try ledger.mine(
                .buy(.wallet, nameHash: name.hash, owner: Self.other, record), burned: price, fee: .zero, as: Bytes32())
        }
        try ledger.mine(
            .buy(.wallet, nameHash: name.hash, owner: Self.owner, record), burned: price, fee: .zero, as: Bytes32())
        #expect(ledger.activeCounts == [1, 1, 0])
    }

    @Test func updatesNeedTheOwnerAndTheNewestTransaction() throws {
        let name = try LedgerName("alice", type: .session)
        let ledger = try bought(name)
        let (owner, other) = (
            Ed25519KeyPair.generate(from: SeededRandom(seed: 1)), Ed25519KeyPair.generate(from: SeededRandom(seed: 2))
        )
        func attempt(_ record: NameRecord, _ previous: Bytes32, _ keys: Ed25519KeyPair) throws {
            var copy = ledger
            let update = try NameUpdate(
                type: .session, nameHash: name.hash, record: record, previousTransaction: previous)
            try copy.mine(.update(update, update.signed(by: keys)), burned: .zero, fee: .zero, as: Bytes32())
        }
        let new = try record(name, seed: 9)
        try attempt(new, name.hash, owner)
        #expect(throws: OxenRefusal.self) { try attempt(new, name.hash, other) }
        #expect(throws: OxenRefusal.self) { try attempt(new, Bytes32(), owner) }
        #expect(throws: OxenRefusal.self) { try attempt(record(name), name.hash, owner) }
    }

    @Test func nothingIsMinedTwice() throws {
        let name = try LedgerName("alice", type: .session)
        var ledger = try bought(name)
        let height = ledger.height
        #expect(throws: OxenRefusal.self) {
            try ledger.mine(
                .buy(.session, nameHash: name.hash, owner: Self.owner, try record(name)),
                burned: OxenAmount(units: 7_000_000_000), fee: .zero, as: name.hash)
        }
        #expect(ledger.height == height)
        ledger.advance(by: .max)
        #expect(ledger.height == .max)
    }
}
