import SessionCrypto
import SessionInterfaces
import SessionStorage
import SessionSwarm
import Testing

@testable import SessionDevnet

@Suite(.timeLimit(.minutes(2))) struct FaultTests {
    private let keys = AccountKeys.generate(from: CryptoRandom())

    private func store(_ data: [UInt8], at node: ServiceNode, _ fixture: Fixture) async throws -> Reply {
        try await fixture.call(node, "store", Calls.store(data, for: keys.accountID, at: fixture.now))
    }

    @Test(arguments: [
        (NodeFault.notReady, 503, "Service node is not ready: not synchronised\n"),
        (.decommissioned, 503, "Service node is not ready: not in any swarm\n"),
        (.rateLimited, 429, "Too Many Requests\n"),
        (.skewedClock(.seconds(-120)), 406, "Timestamp error: check your clock"),
    ]) func aNodeWithAFaultRefuses(fault: NodeFault, status: Int, text: String) async throws {
        try await Fixture.run { fixture in
            let member = try await fixture.swarm(of: keys.accountID).members[0]
            try await fixture.devnet.setFault(fault, for: member.ed25519Key)
            let refused = try await store([1], at: member, fixture)
            #expect(refused.status == status)
            #expect(refused.text == text)
            #expect(try await fixture.devnet.status().nodes.first { $0.key == member.ed25519Key }?.faults == [fault])
            try await fixture.devnet.clearFaults(of: member.ed25519Key)
            #expect(try await store([1], at: member, fixture).status == 200)
        }
    }

    @Test func aSilentMemberDoesLaterWhatItWasAskedFor() async throws {
        try await Fixture.run { fixture in
            let (members, _) = try await fixture.swarm(of: keys.accountID)
            try await fixture.devnet.setFault(.silent, for: members[1].ed25519Key)
            let stored = try await store([1], at: members[0], fixture)
            #expect(stored.swarm[members[1].ed25519Key.hex] == ["failed": true, "timeout": true])
            try await fixture.devnet.clearFault(.silent, of: members[1].ed25519Key)
            var found: Reply?
            for _ in 0..<100 where found?.messages.isEmpty ?? true {
                found = try await fixture.call(members[1], "retrieve", Calls.retrieve(keys, at: fixture.now))
            }
            #expect(found?.messages == [[1]])
        }
    }

    @Test func aLostAnswerIsWorkDone() async throws {
        try await Fixture.run { fixture in
            let member = try await fixture.swarm(of: keys.accountID).members[0]
            try await fixture.devnet.setFault(.lostAnswers, for: member.ed25519Key)
            await #expect(throws: TransportError.self) { try await store([5], at: member, fixture) }
            try await fixture.devnet.clearFaults()
            let found = try await fixture.call(member, "retrieve", Calls.retrieve(keys, at: fixture.now))
            #expect(found.messages == [[5]])
        }
    }

    @Test func aWrongSignatureDoesNotVerify() async throws {
        try await Fixture.run { fixture in
            let (members, _) = try await fixture.swarm(of: keys.accountID)
            try await fixture.devnet.setFault(.wrongSignature, for: members[1].ed25519Key)
            let stored = try await store([1], at: members[0], fixture)
            let hash = Array(try #require(stored.members["hash"]?.string).utf8)
            for member in members {
                let part = try #require(stored.swarm[member.ed25519Key.hex])
                let signature = try #require(part["signature"]?.string.flatMap(Base64.decode))
                #expect(Ed25519.verify(signature, of: hash, by: member.ed25519Key) == (member != members[1]))
            }
        }
    }

    @Test func anUnknownMemberIsLeftOut() async throws {
        try await Fixture.run { fixture in
            let (members, _) = try await fixture.swarm(of: keys.accountID)
            try await fixture.devnet.setFault(.unknownToOthers, for: members[1].ed25519Key)
            let stored = try await store([1], at: members[0], fixture)
            #expect(Set(stored.swarm.keys) == Set([members[0], members[2]].map(\.ed25519Key.hex)))
        }
    }

    @Test func aReshuffledNodeServesAnotherSwarmUntilItIsBack() async throws {
        try await Fixture.run { fixture in
            let (members, _) = try await fixture.swarm(of: keys.accountID)
            try await fixture.devnet.setFault(.reshuffled, for: members[1].ed25519Key)
            let moved = try await fixture.call(members[1], "retrieve", Calls.retrieve(keys, at: fixture.now))
            #expect(moved.status == 421)
            _ = try await store([1], at: members[0], fixture)
            try await fixture.devnet.clearFault(.reshuffled, of: members[1].ed25519Key)
            let back = try await fixture.call(members[1], "retrieve", Calls.retrieve(keys, at: fixture.now))
            #expect(back.messages == [[1]])
        }
    }

    @Test(arguments: [false, true]) func aNewMemberGetsWhatTheOthersHave(dropsNamespaces: Bool) async throws {
        var settings = DevnetSettings()
        settings.handOverDropsNamespaces = dropsNamespaces
        try await Fixture.run(settings) { fixture in
            let (members, others) = try await fixture.swarm(of: keys.accountID)
            let stored = Calls.store([4], by: keys, in: .userProfile, at: fixture.now)
            #expect(try await fixture.call(members[0], "store", stored).status == 200)
            try await fixture.devnet.moveNode(others[0].ed25519Key, to: members[0].swarmID)
            let profile = try await fixture.call(
                others[0], "retrieve", Calls.retrieve(keys, .userProfile, at: fixture.now))
            #expect(profile.messages == (dropsNamespaces ? [] : [[4]]))
            let inbox = try await fixture.call(others[0], "retrieve", Calls.retrieve(keys, at: fixture.now))
            #expect(inbox.messages == (dropsNamespaces ? [[4]] : []))
        }
    }

    @Test func aMoveOutlivesTheRunAndAFaultDoesNot() async throws {
        let store = MemoryStore()
        let (moved, out, swarm) = try await Fixture.run(store: store) { fixture in
            let nodes = fixture.nodes
            try await fixture.devnet.moveNode(nodes[0].ed25519Key, to: nodes[1].swarmID)
            try await fixture.devnet.setFault(.decommissioned, for: nodes[2].ed25519Key)
            return (nodes[0].ed25519Key, nodes[2], nodes[1].swarmID)
        }
        try await Fixture.run(store: store) { fixture in
            #expect(fixture.nodes.first { $0.ed25519Key == moved }?.swarmID == swarm)
            #expect(fixture.nodes.first { $0.ed25519Key == out.ed25519Key }?.swarmID == out.swarmID)
        }
    }

    @Test func aReshuffleKeepsTheSizesOfTheSwarms() async throws {
        try await Fixture.run { fixture in
            try await fixture.devnet.reshuffle()
            let after = Dictionary(grouping: try await fixture.devnet.nodes, by: \.swarmID).mapValues(\.count)
            #expect(after == Dictionary(grouping: fixture.nodes, by: \.swarmID).mapValues(\.count))
        }
    }

    @Test func aBucketOfTokensEmptiesAndFills() {
        let limiter = RateLimiter(.init(burst: 600, perSecond: 300))
        let start = ContinuousClock.now
        #expect((0..<1000).count { _ in limiter.admits("a", at: start) } == 600)
        #expect(limiter.admits("b", at: start))
        #expect((0..<1000).count { _ in limiter.admits("a", at: start + .seconds(1)) } == 300)
    }
}
