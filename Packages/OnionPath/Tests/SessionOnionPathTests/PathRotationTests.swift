import SessionInterfaces
import Testing

@_spi(Simulation) @testable import SessionOnionPath

struct PathRotationTests {
    let nodes = ServiceNode.several(12)

    @Test func aPathIsDueAfterTenMinutes() {
        let probe = PathSetProbe(1, from: nodes)
        #expect(probe.beginRotation() == nil)
        probe.now += PathRotation.interval - .milliseconds(1)
        #expect(!probe.pathSet.hasDueRotation(at: probe.now))
        probe.now += .milliseconds(1)
        #expect(probe.pathSet.hasDueRotation(at: probe.now))
    }

    @Test func theGuardIsKeptAndTheOthersChange() throws {
        let probe = PathSetProbe(from: nodes)
        let before = probe.paths
        probe.now += PathRotation.interval
        let rotation = try #require(probe.beginRotation())
        #expect(probe.paths == before, "the old path serves until the new one has proved to work")
        let old = try #require(before.first { $0.id == rotation.old })
        #expect(rotation.new.guardNode == old.guardNode)
        #expect(Set(rotation.new.nodes).intersection(before.flatMap(\.nodes)) == [old.guardNode])
        let asked = try #require(rotation.probe)
        #expect(!(before.flatMap(\.nodes) + rotation.new.nodes).contains(asked))

        probe.endRotation(rotation, succeeded: true)
        #expect(probe.paths.contains(rotation.new))
        #expect(!probe.paths.contains(old))
        #expect(probe.paths.count == 2)
    }

    @Test func aFailedRotationIsTriedAgainAfterAMinute() throws {
        let probe = PathSetProbe(1, from: nodes)
        let before = probe.paths
        probe.now += PathRotation.interval
        let rotation = try #require(probe.beginRotation())
        #expect(probe.beginRotation() == nil, "one at a time")
        probe.endRotation(rotation, succeeded: false)
        #expect(probe.paths == before)
        probe.now += PathRotation.retryInterval - .milliseconds(1)
        #expect(probe.beginRotation() == nil)
        probe.now += .milliseconds(1)
        #expect(probe.beginRotation() != nil)
    }

    @Test func anOldGuardIsReplacedToo() throws {
        let probe = PathSetProbe(1, from: nodes)
        probe.now += PathRotation.interval
        let rotation = try #require(probe.beginRotation(guardHasExpired: true))
        #expect(rotation.new.guardNode != probe.paths[0].guardNode)
    }

    @Test func withoutOtherNodesThePathStays() {
        let probe = PathSetProbe(1, from: Array(nodes.prefix(3)))
        probe.now += PathRotation.interval
        #expect(probe.beginRotation() == nil)
        #expect(probe.paths.count == 1)
        #expect(!probe.pathSet.hasDueRotation(at: probe.now), "not again with every request")
    }

    @Test func aPathThatIsGoneIsNotBroughtBack() throws {
        let probe = PathSetProbe(1, from: nodes)
        probe.now += PathRotation.interval
        let rotation = try #require(probe.beginRotation())
        for _ in 0..<3 { _ = probe.strike(probe.paths[0]) }
        probe.endRotation(rotation, succeeded: true)
        #expect(probe.paths.isEmpty)
    }

    @Test func nodesUnderTrialServeInNoOtherPath() throws {
        let probe = PathSetProbe(from: nodes)
        probe.now += PathRotation.interval
        let first = try #require(probe.beginRotation())
        let second = try #require(probe.beginRotation())
        #expect(first.old != second.old)
        #expect(Set(first.new.nodes).isDisjoint(with: second.new.nodes))
    }
}
