import SessionInterfaces
import Synchronization
import Testing

@testable import SessionSwarm

@Suite struct PoolRefreshTests {
    @Test func asksThreeDistinctNodes() async throws {
        let list = FakeNetwork.list(Array(FakeNetwork.nodes[..<6])).bytes
        let router = RecordingRouter { _, _, _ in (200, list) }
        let pool = NodePool.filled()
        try await pool.refresh(through: router)
        #expect(router.calls.count == 3)
        #expect(Set(router.calls.map(\.node)).count == 3)
        let document = try JSONValue(parsing: try #require(router.calls.first).document)
        #expect(document["method"]?.string == "oxend_request")
        #expect(document["params"]?["endpoint"]?.string == "get_service_nodes")
        #expect(Set(try await pool.serviceNodes()) == Set(FakeNetwork.nodes[..<6].map(\.node)))
    }

    @Test func oneLiarChangesNothing() async throws {
        let honest = FakeNetwork.list(FakeNetwork.nodes).bytes
        let lie = FakeNetwork.list((101...120).map { FakeNode($0, swarm: 5) }).bytes
        let router = RecordingRouter { _, _, number in (200, number == 1 ? lie : honest) }
        let pool = NodePool.filled()
        try await pool.refresh(through: router)
        #expect(Set(try await pool.serviceNodes()) == Set(FakeNetwork.nodes.map(\.node)))
    }

    @Test func oneFailureIsBorne() async throws {
        let honest = FakeNetwork.list(Array(FakeNetwork.nodes[..<5])).bytes
        let router = RecordingRouter { _, _, number in
            if number == 0 { throw RouterError(.timedOut, "silent") }
            return (200, honest)
        }
        let pool = NodePool.filled()
        try await pool.refresh(through: router)
        #expect(try await pool.serviceNodes().count == 5)
    }

    @Test func seedsAreAskedWhenNodesDisagree() async throws {
        let transport = ScriptedTransport(listing: FakeNetwork.nodes)
        let pool = NodePool.filled(transport)
        let router = RecordingRouter { _, _, number in
            let nodes = (0..<8).map { FakeNode(UInt8(50 + 10 * number + $0), swarm: 5) }
            return (200, FakeNetwork.list(nodes).bytes)
        }
        try await pool.refresh(through: router)
        #expect(transport.sent.count == 2)
        #expect(Set(try await pool.serviceNodes()) == Set(FakeNetwork.nodes.map(\.node)))
    }

    @Test func oldListSurvivesFailure() async throws {
        let list = FakeNetwork.list(FakeNetwork.nodes).bytes
        let transport = ScriptedTransport { _, number in
            if number > 0 { throw TransportError(.unreachable, "down") }
            return (200, list)
        }
        let pool = NodePool.filled(transport)
        await #expect(throws: SwarmError(.unreliableNodeList, "")) {
            try await pool.refresh(through: RecordingRouter { _, _, _ in (200, Array("{}".utf8)) })
        }
        #expect(try await pool.serviceNodes().count == 8)
    }

    /// Lists are large: who cannot get one shall not try with every request.
    @Test func failuresLengthenThePause() async throws {
        let clock = FixedClock(FakeNetwork.now)
        let list = FakeNetwork.list(FakeNetwork.nodes).bytes
        let isUp = Mutex(true)
        let pool = NodePool.filled(ScriptedTransport { _, _ in (isUp.withLock { $0 } ? 200 : 503, list) }, clock: clock)
        _ = try await pool.serviceNodes()
        isUp.withLock { $0 = false }
        clock.advance(by: .seconds(7200))
        for pause in [4, 8, 16] {
            #expect(await pool.isDue)
            await #expect(throws: SwarmError(.unreliableNodeList, "")) {
                try await pool.refresh(through: RecordingRouter { _, _, _ in (500, []) })
            }
            clock.advance(by: .seconds(pause - 1))
            #expect(await pool.isDue == false)
            clock.advance(by: .seconds(1))
        }
        isUp.withLock { $0 = true }
        try await pool.refresh(through: RecordingRouter { _, _, _ in (200, list) })
        clock.advance(by: .seconds(7200))
        #expect(await pool.isDue)
    }

    @Test func shortListsAreRefused() async throws {
        let short = FakeNetwork.list(Array(FakeNetwork.nodes[..<3])).bytes
        let transport = ScriptedTransport(listing: FakeNetwork.nodes)
        let pool = NodePool.filled(transport)
        try await pool.refresh(through: RecordingRouter { _, _, _ in (200, short) })
        #expect(try await pool.serviceNodes().count == 8)
        #expect(transport.sent.count == 2)
    }

    @Test func refreshClearsStrikesOfTheGoneOnly() async throws {
        let pool = NodePool.filled()
        _ = try await pool.serviceNodes()
        await pool.strike(FakeNetwork.nodes[0].key, .permanent)
        let list = FakeNetwork.list(FakeNetwork.nodes).bytes
        try await pool.refresh(through: RecordingRouter { _, _, _ in (200, list) })
        #expect(try await pool.serviceNodes().count == 7)
    }

    @Test func cancellation() async {
        let pool = NodePool.filled()
        let router = RecordingRouter { _, _, _ in
            try await Task.sleep(for: .seconds(600))
            return (200, [])
        }
        let task = Task { try await pool.refresh(through: router) }
        while router.calls.count < 3 { await Task.yield() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
