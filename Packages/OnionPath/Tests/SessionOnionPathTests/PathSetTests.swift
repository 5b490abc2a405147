import SessionInterfaces
import Testing

@_spi(Simulation) @testable import SessionOnionPath

struct PathSetTests {
    let nodes = ServiceNode.several(10)

    @Test(arguments: [(10, 2), (6, 2), (5, 1), (3, 1), (2, 0), (0, 0)])
    func asManyPathsAsThePoolAllows(poolSize: Int, count: Int) {
        let probe = PathSetProbe(from: Array(nodes.prefix(poolSize)))
        #expect(probe.paths.count == count)
        #expect(probe.pathSet.isFull == (count == 2))
        let used = probe.paths.flatMap(\.nodes)
        #expect(Set(used).count == used.count, "no node serves in two paths")
    }

    @Test(arguments: 0..<20)
    func withFourNodesTheFirstPathLeavesTheDestinationOut(seed: Int) {
        let pool = Array(nodes.prefix(4))
        let wishes = PathWishes(destination: pool[1].ed25519Key)
        let probe = PathSetProbe(from: pool, for: wishes, seed: UInt64(seed))
        #expect(probe.paths.map { $0.contains(pool[1].ed25519Key) } == [false])
    }

    @Test func thePathWithTheFewestRequestsInFlightIsTaken() throws {
        let probe = PathSetProbe(from: nodes)
        let first = try #require(probe.path())
        probe.begin(first)
        let second = try #require(probe.path())
        #expect(second != first)
        probe.begin(second)
        probe.begin(second)
        #expect(probe.path() == first)
        probe.end(second)
        probe.end(second)
        #expect(probe.path() == second)
    }

    @Test func aStruckPathComesLast() throws {
        let probe = PathSetProbe(from: nodes)
        let first = try #require(probe.path())
        #expect(!probe.strike(first))
        for _ in 0..<10 { #expect(probe.path() != first) }
    }

    @Test func aSuspectComesLastUntilItIsTrustedAgain() throws {
        let probe = PathSetProbe(from: nodes)
        let first = try #require(probe.path())
        probe.suspect(first)
        for _ in 0..<10 { #expect(probe.path() != first) }
        let second = try #require(probe.path())
        probe.suspect(second)
        probe.trust(first)
        for _ in 0..<10 { #expect(probe.path() == first) }
    }

    @Test func threeStrikesRetireAPath() {
        let probe = PathSetProbe(from: nodes)
        let (path, other) = (probe.paths[0], probe.paths[1])
        #expect([probe.strike(path), probe.strike(path), probe.strike(path)] == [false, false, true])
        #expect(probe.paths == [other])
        #expect(!probe.strike(path), "it is gone")
    }

    @Test(arguments: 0..<10)
    func neitherTheDestinationNorANodeAtFaultIsOnThePath(seed: Int) throws {
        let probe = PathSetProbe(from: nodes, seed: UInt64(seed))
        let (first, second) = (probe.paths[0], probe.paths[1])
        var wishes = PathWishes(destination: first.nodes[1].ed25519Key)
        #expect(probe.path(for: wishes) == second)
        wishes.rememberFailure(of: second, avoiding: [second.nodes[2].ed25519Key])
        #expect(probe.path(for: wishes) == nil)

        let detour = try #require(probe.detour(for: wishes))
        #expect(wishes.excluded.isDisjoint(with: detour.nodes.keys))
        #expect(wishes.disfavoured.isDisjoint(with: detour.nodes.dropFirst().keys))
        #expect([first, second].map(\.guardNode).contains(detour.guardNode), "guards are kept")
        #expect(probe.paths == [first, second], "a detour serves one request only")
    }

    @Test func aDetourTakesANewGuardOnlyWhenItMust() throws {
        let probe = PathSetProbe(from: nodes)
        var wishes = PathWishes(destination: nil)
        for path in probe.paths { wishes.rememberFailure(of: path, avoiding: [path.guardNode.ed25519Key]) }
        let detour = try #require(probe.detour(for: wishes))
        #expect(!probe.paths.map(\.guardNode).contains(detour.guardNode))
        #expect(probe.detour(for: wishes, from: Array(nodes.prefix(2))) == nil)
    }

    @Test func aNodeInTheMiddleIsReplacedByAnUnusedOne() throws {
        let probe = PathSetProbe(from: nodes)
        let (path, other) = (probe.paths[0], probe.paths[1])
        probe.lose(path.nodes[1])
        let repaired = try #require(probe.paths.first { $0 != other })
        #expect(probe.paths.contains(other))
        #expect(repaired.id != path.id)
        #expect(repaired.guardNode == path.guardNode)
        #expect(!repaired.nodes.contains(path.nodes[1]))
        #expect(Set(repaired.nodes).isDisjoint(with: other.nodes))
    }

    @Test(arguments: [(10, 0), (6, 1)])
    func aPathWithoutItsGuardOrASubstituteIsDropped(poolSize: Int, position: Int) {
        let probe = PathSetProbe(from: Array(nodes.prefix(poolSize)))
        let other = probe.paths[1]
        probe.lose(probe.paths[0].nodes[position])
        #expect(probe.paths == [other])
    }
}
