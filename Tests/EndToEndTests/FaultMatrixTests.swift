import SessionCrypto
import SessionDevnet
import SessionInterfaces
import SessionMessenger
import SessionStorage
import SessionSwarm
import SessionTransport
import Testing

/// Every fault at every place that a message passes: it is delivered, or a clear error says that it is not, and the
/// same message sent again is delivered then. Never twice.
@Suite(.serialized) struct FaultMatrixTests {
    enum Place: String, CaseIterable, Sendable {
        case guardNode, middle, exit, member
    }

    @Test(arguments: NodeFault.Kind.allCases)
    func isSurvivedAnywhere(kind: NodeFault.Kind) async throws {
        try await withDevnet(.quick) { devnet, network in
            for place in Place.allCases { try await expectDelivery(despite: kind, at: place, devnet, network) }
        }
    }

    private func expectDelivery(
        despite kind: NodeFault.Kind, at place: Place, _ devnet: Devnet, _ network: Network
    ) async throws {
        let writer = try Station(on: network, timeLimit: .seconds(1))
        let reader = try Station(on: network, timeLimit: .seconds(1))
        // The first request makes the paths.
        _ = try await writer.messenger.send("before", to: writer.id)
        for victim in try await victims(at: place, writer, reader, devnet) {
            try await devnet.setFault(NodeFault(kind, interval: Self.interval(of: kind)), for: victim)
        }

        var unsent: [String] = []
        for number in 0..<3 {
            let text = "\(kind.rawValue) \(place.rawValue) \(number)"
            do {
                _ = try await writer.messenger.send(text, to: reader.id, key: text)
            } catch {
                #expect(error is RouterError || error is SwarmError, "\(text): \(error)")
                unsent.append(text)
            }
        }
        var texts = await received(by: reader)
        try await devnet.clearFaults()
        for text in unsent { _ = try await writer.messenger.send(text, to: reader.id, key: text) }
        texts += try await reader.receiveAll().map(\.text)
        #expect(texts.sorted() == (0..<3).map { "\(kind.rawValue) \(place.rawValue) \($0)" })
        await writer.close()
        await reader.close()
    }

    /// The nodes that are to fail: one of each path in use, or two members of the recipient's swarm.
    private func victims(
        at place: Place, _ writer: Station, _ reader: Station, _ devnet: Devnet
    ) async throws -> [Ed25519PublicKey] {
        let paths = await writer.router.paths().map(\.nodes)
        switch place {
        case .guardNode: return paths.map { $0[0].ed25519Key }
        case .middle: return paths.map { $0[1].ed25519Key }
        case .exit: return paths.map { $0[2].ed25519Key }
        case .member: return try await writer.pool.swarm(of: reader.id).members.prefix(2).map(\.ed25519Key)
        }
    }

    /// What a reader gets while nodes fail; nothing, if they do not let it.
    private func received(by reader: Station) async -> [String] {
        do {
            return try await reader.receive().map(\.text)
        } catch {
            #expect(error is RouterError || error is SwarmError, "\(error)")
            return []
        }
    }

    private static func interval(of kind: NodeFault.Kind) -> Duration? {
        kind == .slow ? .seconds(3) : nil
    }

    // MARK: The seed

    @Test func oneSeedOfTwoIsEnough() async throws {
        try await withDevnet(.quick) { _, network in
            var network = network
            network.seeds.insert(Network.Seed(origin: "http://127.0.0.1:1", trust: .none), at: 0)
            let writer = try Station(on: network)
            #expect(try await writer.messenger.send("past a dead seed", to: writer.id).confirmedBy.count == 4)
            await writer.close()
        }
    }

    @Test func noSeedIsNeededOnceNodesAreKnown() async throws {
        try await withDevnet(.quick) { _, network in
            let cache = MemoryStore()
            let first = try Station(on: network, cache: cache)
            _ = try await first.messenger.send("seeds are there", to: first.id)
            let second = try Station(on: network, transport: Seedless(CurlTransport()), cache: cache)
            #expect(try await second.messenger.send("seeds are gone", to: second.id).confirmedBy.count == 4)
            await second.close()
            await first.close()
        }
    }

    @Test func withoutSeedsAndNodesTheErrorSaysSo() async throws {
        let network = Network(
            name: "nowhere", seeds: [Network.Seed(origin: "http://127.0.0.1:1", trust: .none)], rules: .local)
        let writer = try Station(on: network)
        await #expect(throws: RouterError(.noPath, "")) {
            try await writer.messenger.send("to nobody", to: AccountKeys.generate(from: CryptoRandom()).accountID)
        }
        await writer.close()
    }
}

extension DevnetSettings {
    /// Nodes that give up on each other soon, so that a test with dead ones is over soon.
    static var quick: DevnetSettings {
        var settings = DevnetSettings()
        settings.nodes = 12
        settings.relayTimeout = .milliseconds(500)
        settings.rateLimit = nil
        return settings
    }
}
