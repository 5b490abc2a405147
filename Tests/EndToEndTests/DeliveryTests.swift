import FoundationEssentials
import SessionCrypto
import SessionDevnet
import SessionInterfaces
import SessionMessenger
import SessionStorage
import SessionStorageLMDB
import SessionStorageSQLite
import SessionTransport
import Testing

/// The whole toolkit over TLS sockets.
@Suite(.serialized) struct DeliveryTests {
    @Test func aMessageTravelsAndIsRestored() async throws {
        try await withDevnet { devnet, network in
            let (writer, reader) = (try Station(on: network), try Station(on: network))
            try await devnet.register(name: "mailbox", for: reader.id)
            #expect(try await writer.names.resolve("MailBox") == reader.id)

            let sent = try await writer.messenger.send("héllo\n𝄞 world", to: reader.id)
            #expect(sent.path.count == 3)
            #expect(sent.confirmedBy.count == 3)
            let received = try await reader.receive()
            #expect(received.map(\.text) == ["héllo\n𝄞 world"])
            #expect(received.map(\.sender) == [writer.id])

            let restored = try Station(AccountKeys(recoveryPhrase: reader.keys.recoveryPhrase()), on: network)
            #expect(try await restored.receive().map(\.text) == ["héllo\n𝄞 world"])
            for station in [writer, reader, restored] { await station.close() }
        }
    }

    @Test(arguments: ["lmdb", "sqlite"])
    func nothingIsShownTwiceAfterARestart(backend: String) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "end-to-end-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        func open() async throws -> any Store {
            backend == "lmdb"
                ? try await LMDBStore.open(directory + "/store")
                : try await SQLiteStore.open(directory + "/store.sqlite")
        }
        try await withDevnet { _, network in
            let keys = AccountKeys.generate(from: CryptoRandom())
            let writer = try Station(on: network)
            for round in 0..<3 {
                try await writer.messenger.acknowledge(try await writer.messenger.send("\(round)", to: keys.accountID))
                let reader = try Station(keys, on: network, store: await open())
                #expect(try await reader.receive().map(\.text) == ["\(round)"])
                #expect(try await reader.receive().isEmpty)
                let history = try await reader.messenger.history(with: writer.id)
                #expect(history.map(\.text) == (0...round).map { "\($0)" })
                await reader.close()
            }
            await writer.close()
        }
    }

    /// One node of the path dies while the message is under way, and another between sending and polling.
    @Test(arguments: 0..<3)
    func deliversOnceAlthoughNodesDie(position: Int) async throws {
        try await withDevnet { devnet, network in
            let transport = Interference(try CurlTransport())
            let writer = try Station(on: network, transport: transport)
            let reader = try Station(on: network)
            // A first request makes the path.
            _ = try await writer.messenger.send("warm-up", to: writer.id)
            let path = try #require(await writer.router.paths().first)
            let victim = path.nodes[position]
            transport.beforeNextOnionRequest {
                for path in await writer.router.paths() where path.contains(victim.ed25519Key) {
                    return try await devnet.stopNode(victim.ed25519Key)
                }
            }
            let sent = try await writer.messenger.send("through the storm", to: reader.id)
            let next = try #require(sent.path.first { $0.ed25519Key != victim.ed25519Key })
            try await devnet.stopNode(next.ed25519Key)

            #expect(try await reader.receive().map(\.text) == ["through the storm"])
            #expect(try await reader.receive().isEmpty)
            await writer.close()
            await reader.close()
        }
    }

    @Test func aNetworkThatIsGoneIsSaidToBe() async throws {
        let network = try await withDevnet { _, network in network }
        let writer = try Station(on: network)
        await #expect(throws: (any Error).self) {
            try await writer.messenger.send("into the void", to: AccountKeys.generate(from: CryptoRandom()).accountID)
        }
        await writer.close()
    }

    @Test func aHundredMessagesAtOnce() async throws {
        try await withDevnet { _, network in
            let (writer, reader) = (try Station(on: network), try Station(on: network))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<100 {
                    group.addTask { _ = try await writer.messenger.send("\(number)", to: reader.id) }
                }
                try await group.waitForAll()
            }
            let texts = try await reader.receive().map(\.text)
            #expect(texts.count == 100)
            #expect(Set(texts) == Set((0..<100).map { "\($0)" }))
            await writer.close()
            await reader.close()
        }
    }
}
