import SessionInterfaces
import Testing

@_spi(Simulation) @testable import SessionOnionPath

struct PathSetsTests {
    static let alice = PathPurpose(isolation: .account(AccountID(prefix: .standard, key: Bytes32())))
    static let shared = PathPurpose()
    static let files = PathPurpose(category: .file)
    let time = Timestamp(milliseconds: 1_700_000_000_000)
    let now = ContinuousClock.now

    func sets(
        _ sharing: NodeSharing = .reluctant, of pool: [ServiceNode], for purposes: [PathPurpose], pathCount: Int = 2,
        seed: UInt64 = 3
    ) -> PathSets {
        var generator = SeededRandom(seed: seed).generator
        var sets = PathSets(
            pathCount: pathCount, selection: PathSelection(length: 3, separatesSubnets: false), sharing: sharing)
        for purpose in purposes {
            let material = sets.material(for: purpose, from: pool, at: time)
            sets.update(purpose, at: now, time) {
                $0.fill(from: material, for: PathWishes(destination: nil), at: now, using: &generator)
            }
        }
        return sets
    }

    @Test(arguments: [NodeSharing.reluctant, .never], 0..<10)
    func purposesShareGuardsAndNothingElse(sharing: NodeSharing, seed: Int) {
        let sets = sets(
            sharing, of: ServiceNode.several(40), for: [Self.shared, Self.files, Self.alice], seed: UInt64(seed))
        let paths = sets.purposes.map { sets[$0].paths }
        #expect(paths.map(\.count) == [2, 2, 2])
        #expect(Set(paths.map { Set($0.map(\.guardNode)) }).count == 1)
        let behind = paths.joined().flatMap { $0.nodes.dropFirst() }
        #expect(Set(behind).count == behind.count)
        #expect(Set(behind).isDisjoint(with: paths.joined().map(\.guardNode)))
        #expect(Set(paths.joined().map(\.id)).count == 6)
        #expect(sets.guards.entries.count == 2)
    }

    @Test func aSmallNetworkSharesNodesUnlessThatIsForbidden() {
        let pool = ServiceNode.several(7)
        let reluctant = sets(of: pool, for: [Self.shared, Self.alice])
        #expect(reluctant[Self.alice].paths.count == 2)
        let strict = sets(.never, of: pool, for: [Self.shared, Self.alice])
        #expect(strict[Self.alice].paths.isEmpty)
    }

    @Test func guardsOutliveTheirPaths() {
        var sets = sets(of: ServiceNode.several(20), for: [Self.shared])
        let guards = sets.guards
        sets.removeAll(keepingGuards: true)
        #expect(sets.purposes.isEmpty)
        #expect(sets.guards == guards)
        sets.removeAll(keepingGuards: false)
        #expect(sets.guards.entries.isEmpty)
    }

    @Test func theNumberOfSetsIsBounded() {
        var sets = sets(of: ServiceNode.several(6), for: [Self.shared], pathCount: 1)
        let busy = sets[Self.shared].paths[0]
        sets.update(Self.shared, at: now, time) { $0.begin(busy.id) }
        for number in 0..<(2 * PathSets.capacity) {
            let key = Bytes32([UInt8](repeating: UInt8(number), count: 32))!
            let purpose = PathPurpose(isolation: .account(AccountID(prefix: .standard, key: key)))
            sets.update(purpose, at: now + .seconds(number), time) { _ in }
        }
        #expect(sets.purposes.count == PathSets.capacity)
        #expect(sets[Self.shared].paths == [busy], "a busy set is not retired")
    }

    @Test func guardsOfEarlierRunsComeFirst() {
        let pool = ServiceNode.several(30)
        var first = sets(of: pool, for: [Self.shared])
        let guards = first.guards
        first = PathSets(pathCount: 2, selection: PathSelection(length: 3, separatesSubnets: false))
        first.guards = guards
        var generator = SeededRandom(seed: 77).generator
        let material = first.material(for: Self.shared, from: pool, at: time + .days(9))
        first.update(Self.shared, at: now, time) {
            $0.fill(from: material, for: PathWishes(destination: nil), at: now, using: &generator)
        }
        #expect(first[Self.shared].paths.map(\.guardNode.ed25519Key) == guards.entries.map(\.key))
        #expect(first.material(for: Self.shared, from: pool, at: time + .days(10)).guards.isEmpty)
    }
}

/// A network of the real one's size, without a socket.
struct LargeNetworkTests {
    /// Counts what it hands out.
    struct Counting: RandomNumberGenerator {
        var generator: SourceGenerator
        var draws = 0

        mutating func next() -> UInt64 {
            draws += 1
            return generator.next()
        }
    }

    static let network: [ServiceNode] = {
        let random = SeededRandom(seed: 5)
        return (0..<2_500).map { number in
            ServiceNode(
                ed25519Key: Ed25519PublicKey(random.bytes(32))!, x25519Key: X25519PublicKey(random.bytes(32))!,
                // Five to a /24 network.
                address: IPv4Address(value: 0x0a00_0000 + UInt32(number / 5) << 8 + UInt32(number % 5)),
                httpsPort: 22021, omqPort: 22020, version: .init(2, 11, 0),
                swarmID: SwarmID(rawValue: UInt64(number % 500)))
        }
    }()

    @Test func aPathTakesFewDrawsAndKeepsSubnetsApart() throws {
        var generator = Counting(generator: SeededRandom(seed: 1).generator)
        let selection = PathSelection(length: 3, separatesSubnets: true)
        let known = Set(Self.network.prefix(10).keys)
        for _ in 0..<200 {
            let path = try #require(
                selection.choose(from: Self.network, disfavouring: known, using: &generator))
            #expect(Set(path.map(\.address.subnet24)).count == 3)
        }
        #expect(generator.draws < 200 * 6, "\(generator.draws) draws")
    }

    @Test func everyNodeIsAsLikelyAsAnyOtherInEveryPlace() throws {
        var generator = SeededRandom(seed: 2).generator
        let pool = Array(Self.network.prefix(50))
        let selection = PathSelection(length: 3, separatesSubnets: true)
        let rounds = 5_000
        var counts = Array(repeating: [Ed25519PublicKey: Int](), count: 3)
        for _ in 0..<rounds {
            let path = try #require(selection.choose(from: pool, using: &generator))
            for (place, node) in path.enumerated() { counts[place][node.ed25519Key, default: 0] += 1 }
        }
        let expected = Double(rounds) / 50
        for place in counts {
            let deviation = place.values.reduce(0.0) {
                $0 + (Double($1) - expected) * (Double($1) - expected) / expected
            }
            // Chi square with 49 degrees of freedom: beyond 95 once in 10,000 runs; the seed makes it always the same run.
            #expect(place.count == 50 && deviation < 95)
        }
    }
}
