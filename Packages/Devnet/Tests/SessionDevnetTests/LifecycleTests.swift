import SessionCrypto
import SessionInterfaces
import SessionStorage
import SessionSwarm
import Testing

@testable import SessionDevnet

@Suite(.timeLimit(.minutes(2))) struct LifecycleTests {
    private let keys = AccountKeys.generate(from: CryptoRandom())

    @Test func aNodeThatWasDownMissesWhatWasStoredMeanwhile() async throws {
        try await Fixture.run { fixture in
            let (members, _) = try await fixture.swarm(of: keys.accountID)
            let absent = members[2]
            func store(_ data: [UInt8]) async throws -> Reply {
                try await fixture.call(members[0], "store", Calls.store(data, for: keys.accountID, at: fixture.now))
            }
            _ = try await store([1])
            try await fixture.devnet.stopNode(absent.ed25519Key)
            let refused = await #expect(throws: TransportError.self) {
                try await fixture.call(absent, "info", [:])
            }
            #expect(refused?.code == .unreachable)
            let stored = try await store([2])
            #expect(stored.status == 200)
            #expect(stored.swarm[absent.ed25519Key.hex] == ["failed": true, "timeout": true])
            #expect(stored.swarm[members[1].ed25519Key.hex]?["failed"] == nil)

            try await fixture.devnet.startNode(absent.ed25519Key)
            let there = try await fixture.call(absent, "retrieve", Calls.retrieve(keys, at: fixture.now))
            #expect(there.messages == [[1]])
            let elsewhere = try await fixture.call(members[1], "retrieve", Calls.retrieve(keys, at: fixture.now))
            #expect(elsewhere.messages == [[1], [2]])
        }
    }

    @Test func anUnknownNodeCannotBeStopped() async throws {
        try await Fixture.run { fixture in
            await #expect(throws: DevnetError(.unknownNode, "")) {
                try await fixture.devnet.stopNode(Ed25519PublicKey(Bytes32()))
            }
            await #expect(throws: DevnetError(.unknownNode, "")) {
                try await fixture.devnet.startNode(Ed25519PublicKey(Bytes32()))
            }
        }
    }

    @Test func aNetworkComesBackAsItWas() async throws {
        let store = MemoryStore()
        let before = try await Fixture.run(store: store) { fixture in
            let member = try await fixture.swarm(of: keys.accountID).members[0]
            _ = try await fixture.call(member, "store", Calls.store([8], for: keys.accountID, at: fixture.now))
            try await fixture.devnet.register(name: "alice", for: keys.accountID)
            return (try await fixture.devnet.descriptor(), try await fixture.record(of: "alice"))
        }
        try await Fixture.run(store: store) { fixture in
            #expect(try await fixture.devnet.descriptor() == before.0)
            #expect(try await fixture.record(of: "alice") == before.1)
            for member in try await fixture.swarm(of: keys.accountID).members {
                let found = try await fixture.call(member, "retrieve", Calls.retrieve(keys, at: fixture.now))
                #expect(found.messages == [[8]])
            }
        }
    }

    @Test func aStoreWithAnotherNetworkIsRefused() async throws {
        let store = MemoryStore()
        try await Fixture.run(store: store) { _ in }
        var settings = DevnetSettings()
        settings.nodes = 4
        settings.swarms = 1
        await #expect(throws: DevnetError(.storeMismatch, "")) {
            try await Fixture.run(settings, store: store) { _ in }
        }
    }

    @Test func aTakenPortIsNamedAndNothingStaysOpen() async throws {
        let store = MemoryStore()
        let descriptor = try await Fixture.run(store: store) { try await $0.devnet.descriptor() }
        let taken = try #require(descriptor.nodes?.last?.httpsPort)
        let first = try #require(descriptor.nodes?.first?.httpsPort)
        let address = DevnetSettings().address
        func listener() -> Listener {
            Listener(
                address: address, tls: nil,
                service: HTTPService(serverName: "", bodyLimit: { _ in 0 }) { _ in .text(200, "") })
        }
        let squatter = listener()
        try await squatter.open(port: taken)
        let refusal = await #expect(throws: DevnetError.self) { try await Fixture.run(store: store) { _ in } }
        #expect(refusal?.code == .portUnavailable)
        #expect(refusal?.message.contains("\(taken)") == true)
        let probe = listener()
        try await probe.open(port: first)
        await probe.close()
        await squatter.close()
        let again = try await Fixture.run(store: store) { try await $0.devnet.descriptor() }
        #expect(again == descriptor)
    }

    @Test func portsFollowTheBase() async throws {
        var settings = DevnetSettings()
        settings.nodes = 3
        settings.swarms = 1
        // A run of four free ports, found by trying.
        for base in stride(from: UInt16(32_100), to: 32_700, by: 7) {
            settings.portBase = base
            do {
                try await Fixture.run(settings) { fixture in
                    let origin = try await fixture.devnet.network.seeds[0].origin
                    #expect(origin == "http://127.0.0.1:\(base)")
                    #expect(fixture.nodes.map(\.httpsPort) == [base + 1, base + 2, base + 3])
                }
                return
            } catch let error as DevnetError where error.code == .portUnavailable {}
        }
        Issue.record("no four free ports in a row")
    }

    @Test func stoppingEndsRequestsUnderWay() async throws {
        var settings = DevnetSettings()
        settings.memberTimeout = .seconds(600)
        try await Fixture.run(settings) { fixture in
            let (members, _) = try await fixture.swarm(of: keys.accountID)
            try await fixture.devnet.stopNode(members[1].ed25519Key)
            let hanging = Task {
                try await fixture.call(
                    members[0], "store", Calls.store([1], for: keys.accountID, at: fixture.now))
            }
            // Once the other member has the message, the call waits for the one that is down.
            while try await fixture.call(members[2], "retrieve", Calls.retrieve(keys, at: fixture.now)).messages.isEmpty
            {
                try await Task.sleep(for: .milliseconds(5))
            }
            await fixture.devnet.stop()
            await #expect(throws: TransportError.self) { try await hanging.value }
        }
    }

    @Test func aStoppedNetworkSaysSo() async throws {
        try await Fixture.run { fixture in
            try await fixture.devnet.start()
            await fixture.devnet.stop()
            await fixture.devnet.stop()
            await #expect(throws: DevnetError(.notRunning, "")) { try await fixture.devnet.network }
            try await fixture.devnet.start()
            #expect(try await fixture.devnet.nodes == fixture.nodes)
        }
    }
}

extension Fixture {
    /// What the seed says about a name.
    fileprivate func record(of name: String) async throws -> JSONValue? {
        let hash = Base64.encode(NameRecordCipher.nameHash(name).bytes)
        return try await seed(
            #"{"method":"ons_resolve","params":{"type":0,"name_hash":"\#(hash)"}}"#
        ).members["result"]
    }
}
