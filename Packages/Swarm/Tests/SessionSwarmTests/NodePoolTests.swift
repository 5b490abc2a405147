import SessionInterfaces
import Synchronization
import Testing

@testable import SessionSwarm

@Suite struct NodePoolTests {
    @Test func asksTheSeedOnceForAll() async throws {
        let transport = ScriptedTransport(listing: FakeNetwork.nodes)
        let pool = NodePool.filled(transport)
        let lists = try await withThrowingTaskGroup(of: [ServiceNode].self) { group in
            for _ in 0..<20 { group.addTask { try await pool.serviceNodes() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(lists.allSatisfy { Set($0) == Set(FakeNetwork.nodes.map(\.node)) })
        #expect(transport.sent.count == 1)
        let request = try #require(transport.sent.first)
        #expect(request.head.path == "/json_rpc")
        #expect(request.head.scheme == "http")
        #expect(request.head.authority == "127.0.0.1:5000")
        #expect(try JSONValue(parsing: request.body)["method"]?.string == "get_n_service_nodes")
        #expect(try JSONValue(parsing: request.body)["params"]?["limit"] == nil)
    }

    @Test func firstGoodSeedWins() async throws {
        let list = FakeNetwork.list(FakeNetwork.nodes).bytes
        let transport = ScriptedTransport { request, _ in
            switch request.head.authority {
            case "127.0.0.1:5000": throw TransportError(.untrusted, "wrong key")
            case "127.0.0.1:5001": return (200, Array("{}".utf8))
            // Silent: the pool does not wait for it.
            case "127.0.0.1:5002":
                try await Task.sleep(for: .seconds(600))
                return (200, [])
            default: return (200, list)
            }
        }
        let pool = NodePool.filled(transport, network: FakeNetwork.network(seeds: 4))
        #expect(try await pool.serviceNodes().count == 8)
        #expect(transport.sent.count == 4)
    }

    @Test func triesAgainAndGivesUp() async {
        let transport = ScriptedTransport { _, _ in throw TransportError(.unreachable, "down") }
        let error = await #expect(throws: RouterError.self) { try await NodePool.filled(transport).serviceNodes() }
        #expect(error?.code == .noPath)
        #expect(error?.underlying as? TransportError == TransportError(.unreachable, ""))
        #expect(transport.sent.count == 4)
    }

    @Test func recoversOnALaterAttempt() async throws {
        let list = FakeNetwork.list(FakeNetwork.nodes).bytes
        let transport = ScriptedTransport { _, number in number < 2 ? (503, []) : (200, list) }
        #expect(try await NodePool.filled(transport).serviceNodes().count == 8)
        #expect(transport.sent.count == 3)
    }

    @Test func tooShortListsAreRefused() async {
        let transport = ScriptedTransport(listing: Array(FakeNetwork.nodes[..<3]))
        let error = await #expect(throws: RouterError.self) { try await NodePool.filled(transport).serviceNodes() }
        #expect(error?.underlying as? SwarmError == SwarmError(.unreliableNodeList, ""))
    }

    @Test func networkWithoutSeeds() async {
        await #expect(throws: RouterError(.noPath, "")) {
            try await NodePool.filled(network: FakeNetwork.network(seeds: 0)).serviceNodes()
        }
    }

    @Test(arguments: ["127.0.0.1:80", "http:127.0.0.1", "http://", "http://a/b", "//a", ""])
    func malformedSeedAddress(origin: String) async {
        var network = FakeNetwork.network()
        network.seeds[0].origin = origin
        let transport = ScriptedTransport(listing: FakeNetwork.nodes)
        await #expect(throws: RouterError(.noPath, "")) {
            try await NodePool.filled(transport, network: network).serviceNodes()
        }
        #expect(transport.sent.isEmpty)
    }

    @Test func cancellationLeavesTheSeeds() async {
        let isAsked = AsyncStream.makeStream(of: Void.self)
        let isCancelled = AsyncStream.makeStream(of: Void.self)
        let transport = ScriptedTransport { _, _ in
            isAsked.continuation.yield()
            do {
                try await Task.sleep(for: .seconds(600))
            } catch {
                isCancelled.continuation.yield()
                throw error
            }
            return (200, [])
        }
        let pool = NodePool.filled(transport)
        let task = Task { try await pool.serviceNodes() }
        for await _ in isAsked.stream { break }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        for await _ in isCancelled.stream { break }
    }

    @Test func threeStrikesDropANode() async throws {
        let pool = NodePool.filled()
        let nodes = try await pool.serviceNodes()
        let unlucky = nodes[0].ed25519Key
        for strikes in 1...3 {
            #expect(try await pool.serviceNodes().count == 8, "after \(strikes - 1) strikes")
            await pool.strike(unlucky, .transient)
        }
        #expect(try await pool.serviceNodes().map(\.ed25519Key).contains(unlucky) == false)
        await pool.strike(nodes[1].ed25519Key, .permanent)
        #expect(try await pool.serviceNodes().count == 6)
    }

    @Test func strangersCannotBeStruck() async throws {
        let pool = NodePool.filled()
        _ = try await pool.serviceNodes()
        await pool.strike(FakeNetwork.owner.publicKey, .permanent)
        #expect(try await pool.serviceNodes().count == 8)
    }

    @Test func tooFewUsableNodesAskTheSeedsAgain() async throws {
        let clock = FixedClock(FakeNetwork.now)
        let transport = ScriptedTransport(listing: FakeNetwork.nodes)
        let pool = NodePool.filled(transport, clock: clock)
        for node in try await pool.serviceNodes().dropLast(3) { await pool.strike(node.ed25519Key, .permanent) }
        // Too soon after the last time: the three that are left have to do.
        #expect(try await pool.serviceNodes().count == 3)
        clock.advance(by: .seconds(2))
        #expect(try await pool.serviceNodes().count == 8)
        #expect(transport.sent.count == 2)
    }

    @Test func oldNodesStayWhenTheSeedsAreGone() async throws {
        let clock = FixedClock(FakeNetwork.now)
        let list = FakeNetwork.list(FakeNetwork.nodes).bytes
        let transport = ScriptedTransport { _, number in
            if number > 0 { throw TransportError(.unreachable, "down") }
            return (200, list)
        }
        let pool = NodePool.filled(transport, clock: clock)
        for node in try await pool.serviceNodes().dropLast(1) { await pool.strike(node.ed25519Key, .permanent) }
        clock.advance(by: .seconds(2))
        #expect(try await pool.serviceNodes().count == 1)
        #expect(transport.sent.count == 2)
    }

    @Test func swarmKeepsDroppedMembersButDoesNotOfferThem() async throws {
        let pool = NodePool.filled()
        await #expect(throws: Never.self) { try await pool.serviceNodes() }
        await pool.strike(FakeNetwork.near[0].key, .permanent)
        let swarm = try await pool.swarm(of: FakeNetwork.account)
        #expect(swarm.id.rawValue == FakeNetwork.nearSwarm)
        #expect(Set(swarm.members.map(\.ed25519Key)) == Set(FakeNetwork.near.map(\.key)))
        #expect(Set(swarm.availableMembers.map(\.ed25519Key)) == Set(FakeNetwork.near.dropFirst().map(\.key)))
    }

    @Test func networkWithoutSwarms() async {
        let nodes = (1...4).map { FakeNode($0, swarm: .max) }
        let pool = NodePool.filled(ScriptedTransport(listing: nodes))
        await #expect(throws: SwarmError(.noSwarm, "")) { try await pool.swarm(of: FakeNetwork.account) }
    }

    @Test func ageMakesItDue() async throws {
        let clock = FixedClock(FakeNetwork.now)
        let pool = NodePool.filled(clock: clock)
        #expect(await pool.isDue == false)
        _ = try await pool.serviceNodes()
        clock.advance(by: .seconds(7199))
        #expect(await pool.isDue == false)
        clock.advance(by: .seconds(1))
        #expect(await pool.isDue)
    }
}
