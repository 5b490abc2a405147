import SessionInterfaces
import Testing

@testable import SessionSwarm

@Suite struct PoolCacheTests {
    private let store = DictionaryStore()
    private let clock = FixedClock(FakeNetwork.now)

    private static let unreachable = ScriptedTransport { _, _ in throw TransportError(.unreachable, "down") }

    private func pool(
        _ transport: ScriptedTransport = ScriptedTransport(listing: FakeNetwork.nodes),
        network: Network = FakeNetwork.network(), cache: (any Store)? = nil
    ) -> NodePool {
        NodePool(
            network: network, transport: transport, clock: clock, random: SeededRandom(seed: 1), policy: .immediate,
            cache: cache ?? store)
    }

    /// A pool that was filled, and one that starts with what it left behind.
    private func fill() async throws { _ = try await pool().serviceNodes() }

    @Test func nextRunNeedsNoSeed() async throws {
        try await fill()
        let next = pool(Self.unreachable)
        #expect(Set(try await next.serviceNodes()) == Set(FakeNetwork.nodes.map(\.node)))
        #expect(await next.isDue == false)
        #expect(try await next.swarm(of: FakeNetwork.account).id.rawValue == FakeNetwork.nearSwarm)
    }

    @Test func oldListsAreUsedToGetANewOne() async throws {
        try await fill()
        clock.advance(by: .days(30))
        let next = pool(Self.unreachable)
        #expect(await next.isDue)
        let newer = FakeNetwork.list(Array(FakeNetwork.nodes[..<6])).bytes
        try await next.refresh(through: RecordingRouter { _, _, _ in (200, newer) })
        #expect(try await next.serviceNodes().count == 6)
        #expect(try await pool(Self.unreachable).serviceNodes().count == 6)
    }

    @Test func listsFromTheFutureAreOld() async throws {
        clock.advance(by: .days(365))
        try await fill()
        clock.advance(by: .days(-365))
        #expect(await pool(Self.unreachable).isDue)
    }

    @Test func strikesOutliveTheProcessForTwoDays() async throws {
        let first = pool()
        _ = try await first.serviceNodes()
        await first.strike(FakeNetwork.nodes[0].key, .permanent)
        await first.strike(FakeNetwork.nodes[1].key, .transient)
        #expect(try await pool(Self.unreachable).serviceNodes().count == 7)
        clock.advance(by: .seconds(48 * 3600 - 1))
        #expect(try await pool(Self.unreachable).serviceNodes().count == 7)
        clock.advance(by: .seconds(1))
        #expect(try await pool(Self.unreachable).serviceNodes().count == 8)
    }

    @Test func networksDoNotMix() async throws {
        try await fill()
        var other = FakeNetwork.network()
        other.seeds[0].origin = "http://127.0.0.1:9"
        await #expect(throws: RouterError(.noPath, "")) {
            try await pool(Self.unreachable, network: other).serviceNodes()
        }
    }

    @Test func brokenStoreIsNoMatter() async throws {
        let pool = pool(cache: BrokenStore())
        #expect(try await pool.serviceNodes().count == 8)
        await pool.strike(FakeNetwork.nodes[0].key, .permanent)
        #expect(try await pool.serviceNodes().count == 7)
    }

    @Test func damagedListsReadAsNone() async throws {
        try await fill()
        let record = try #require(store[NodePoolCache.nodesTable])
        var damaged = [[], [1], Array(record.dropLast()), record + [0], [UInt8](repeating: 0xff, count: record.count)]
        for position in stride(from: 0, to: record.count, by: 7) {
            var changed = record
            changed[position] ^= 0x10
            damaged.append(changed)
        }
        for bytes in damaged {
            #expect(NodeListRecord.decode(bytes) == nil)
        }
        store[NodePoolCache.nodesTable] = damaged[2]
        let transport = ScriptedTransport(listing: FakeNetwork.nodes)
        #expect(try await pool(transport).serviceNodes().count == 8)
        #expect(transport.sent.count == 1)
    }

    /// Whole, and with a right digest, but not what a pool would write.
    @Test func hostileListsReadAsNone() {
        let node = FakeNetwork.nodes[0].node
        let twinless = ServiceNode(
            ed25519Key: node.ed25519Key, x25519Key: FakeNetwork.nodes[1].node.x25519Key, address: node.address,
            httpsPort: 1, omqPort: 1, version: node.version, swarmID: node.swarmID)
        let unreachable = ServiceNode(
            ed25519Key: node.ed25519Key, x25519Key: node.x25519Key, address: IPv4Address(value: 0), httpsPort: 1,
            omqPort: 1, version: node.version, swarmID: node.swarmID)
        for nodes in [[], [twinless], [unreachable], [node, node]] {
            #expect(NodeListRecord.decode(NodeListRecord.encode(nodes, updatedAt: FakeNetwork.now)) == nil)
        }
        for moment in [Int64.min, -1, .max] {
            let record = NodeListRecord.encode([node], updatedAt: Timestamp(milliseconds: moment))
            #expect(NodeListRecord.decode(record) == nil)
        }
    }

    @Test func damagedStrikesReadAsNone() async throws {
        let first = pool()
        _ = try await first.serviceNodes()
        await first.strike(FakeNetwork.nodes[0].key, .permanent)
        let record = try #require(store[NodePoolCache.strikesTable])
        for count in 0..<record.count { #expect(StrikesRecord.decode(Array(record[..<count])) == nil) }
        #expect(StrikesRecord.decode(record + [0]) == nil)
        #expect(StrikesRecord.decode([1, 0xff, 0xff, 0xff, 0xff]) == nil)
        store[NodePoolCache.strikesTable] = [7]
        #expect(try await pool(Self.unreachable).serviceNodes().count == 8)
    }
}
