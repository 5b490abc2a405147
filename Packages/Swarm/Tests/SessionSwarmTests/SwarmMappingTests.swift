import SessionInterfaces
import SessionSwarm
import Testing

@Suite struct SwarmMappingTests {
    @Test(
        arguments: [
            ("053506f4a71324b7dd114eddbf4e311f39dde243e1f2cb97c40db1961f70ebaae8", 17_589_930_838_143_112_648),
            ("03d3511706b8b34f6e8411bf07bd22ba6b2435ca56846fbccf6eb1e166a6cd15cc", 2_144_983_569_669_512_198),
            ("05eeeeeeeeeeeeeeee777777777777777711111111111111118888888888888888", 0),
            ("05ffffffffffffffffffffffffffffffffffffffffffffffff7fffffffffffffff", 9_223_372_036_854_775_808),
            ("05000000000000000000000000000000000000000000000000ffffffffffffffff", .max),
            ("050000000000000000000000000000000000000000000000000123456789abcdef", 81_985_529_216_486_895),
        ] as [(String, UInt64)])
    func positions(account: String, position: UInt64) throws {
        #expect(SwarmMapping.position(of: try AccountID(account)) == position)
    }

    static let ring: [UInt64] = [100, 200, 300, 399, 498, 596, 694]

    /// The choice between neighbours, ties to the lower one, and the way around the end of the ring.
    @Test(
        arguments: [
            (ring, 0, 100), (ring, 100, 100), (ring, 149, 100), (ring, 150, 100), (ring, 151, 200), (ring, 249, 200),
            (ring, 250, 200), (ring, 251, 300), (ring, 349, 300), (ring, 350, 399), (ring, 448, 399), (ring, 449, 498),
            (ring, 546, 498), (ring, 547, 498), (ring, 548, 596), (ring, 645, 596), (ring, 646, 694),
            (ring, 0x8000_0000_0000_0000, 694), (ring, 0x8000_0000_0000_018c, 694), (ring, 0x8000_0000_0000_018d, 694),
            (ring, 0x8000_0000_0000_018e, 100), (ring, 0xa000_0000_0000_0000, 100), (ring, .max - 1, 100),
            (ring, .max, 100),
            (ring + [.max - 19], 39, .max - 19), (ring + [.max - 19], 40, .max - 19), (ring + [.max - 19], 41, 100),
            ([0] + ring + [.max - 19], .max, 0), ([0] + ring + [.max - 19], .max - 1, 0),
            ([12345], 7, 12345), ([12345], .max, 12345),
        ] as [([UInt64], UInt64, UInt64)])
    func nearestSwarm(ids: [UInt64], position: UInt64, expected: UInt64) throws {
        let word = (0..<8).map { UInt8(truncatingIfNeeded: position >> (56 - 8 * $0)) }
        let account = AccountID(
            prefix: .standard, key: try #require(Bytes32([UInt8](repeating: 0, count: 24) + word)))
        let swarm = SwarmMapping.swarm(of: account, among: ids.map { SwarmID(rawValue: $0) })
        #expect(swarm?.rawValue == expected)
    }

    @Test func unassignedIsNoSwarm() {
        let account = AccountID(
            prefix: .standard, key: Bytes32([UInt8](repeating: 0, count: 24) + [UInt8](repeating: 255, count: 8))!)
        #expect(SwarmMapping.swarm(of: account, among: []) == nil)
        #expect(SwarmMapping.swarm(of: account, among: [.unassigned]) == nil)
        let one = SwarmID(rawValue: 5)
        #expect(SwarmMapping.swarm(of: account, among: [one, .unassigned]) == one)
    }

    @Test func mapOfAList() throws {
        let nodes = FakeNetwork.nodes.map(\.node) + [FakeNode(50, swarm: .max).node]
        let map = SwarmMap(nodes)
        #expect(map.swarmIDs.map(\.rawValue) == [FakeNetwork.nearSwarm, FakeNetwork.farSwarm])
        #expect(Set(map.members(of: SwarmID(rawValue: FakeNetwork.farSwarm))) == Set(FakeNetwork.far.map(\.node)))
        #expect(map.members(of: .unassigned).isEmpty)
        #expect(map.swarmID(of: FakeNetwork.account)?.rawValue == FakeNetwork.nearSwarm)
        #expect(SwarmMap([]).swarmID(of: FakeNetwork.account) == nil)
    }
}
