import SessionInterfaces
import SessionSwarm
import Testing

/// Answers with status 421: the node does not serve the account.
@Suite struct MisdirectionTests {
    static let item = StoreTests.item
    static let redirect = FakeStorage.swarm(FakeNetwork.farSwarm, FakeNetwork.far).bytes
    static let farKeys = Set(FakeNetwork.far.map(\.key))

    @Test func followsToKnownNodes() async throws {
        let router = RecordingRouter { node, _, number in
            number == 0
                ? (421, Self.redirect) : (200, FakeStorage.storeAnswer(Self.item.hash, signedBy: FakeNetwork.far))
        }
        let receipt = try await SwarmClient.over(router).store(Self.item)
        #expect(router.calls.count == 2)
        #expect(Set(router.calls.map(\.document)).count == 1)
        // The node is asked where this side knows it to be, not where the answer says.
        #expect(FakeNetwork.far.map(\.node).contains(router.calls[1].node))
        #expect(Set(receipt.confirmed) == Self.farKeys)
    }

    @Test func secondTimeFails() async {
        let router = RecordingRouter { _, _, _ in (421, Self.redirect) }
        let error = await #expect(throws: SwarmError.self) { try await SwarmClient.over(router).store(Self.item) }
        #expect(error?.code == .wrongSwarm)
        #expect(error?.status == 421)
        #expect(router.calls.count == 2)
    }

    /// A new list of nodes decides when none of the named members is known.
    @Test func strangersLeadToARefresh() async throws {
        let strangers = FakeStorage.swarm(5, [FakeNode(120, swarm: 5), FakeNode(121, swarm: 5)]).bytes
        // In the newer list the far nodes have taken over the account's place on the ring.
        let newer = (1...8).map { FakeNode($0, swarm: $0 <= 4 ? FakeNetwork.farSwarm : FakeNetwork.nearSwarm) }
        let list = FakeNetwork.list(newer).bytes
        let router = RecordingRouter { node, document, _ in
            guard document["method"] == "store" else { return (200, list) }
            return Self.farKeys.contains(node.key)
                ? (200, FakeStorage.storeAnswer(Self.item.hash, signedBy: FakeNetwork.far)) : (421, strangers)
        }
        let clock = FixedClock(FakeNetwork.now)
        let pool = NodePool.filled(clock: clock)
        _ = try await pool.serviceNodes()
        clock.advance(by: .seconds(60))
        let receipt = try await SwarmClient.over(router, pool: pool, clock: clock).store(Self.item)
        #expect(Set(receipt.confirmed) == Self.farKeys)
        #expect(router.calls.count == 5)
    }

    /// A node cannot have a new list fetched again and again.
    @Test func newListsAreNotDoubted() async throws {
        let strangers = FakeStorage.swarm(5, [FakeNode(120, swarm: 5)]).bytes
        let router = RecordingRouter { _, _, number in
            number == 0
                ? (421, strangers) : (200, FakeStorage.storeAnswer(Self.item.hash, signedBy: FakeNetwork.near))
        }
        _ = try await SwarmClient.over(router).store(Self.item)
        #expect(router.calls.count == 2)
        #expect(Set(router.calls.map(\.document)).count == 1)
    }

    @Test(arguments: [#"{"snodes":[],"swarm":"ffffffffffffffff"}"#, "", "{}", "[1]", #"{"snodes":[7,{}]}"#])
    func nobodyNamed(body: String) async throws {
        let router = RecordingRouter { _, _, number in
            number == 0
                ? (421, Array(body.utf8))
                : (200, FakeStorage.storeAnswer(Self.item.hash, signedBy: FakeNetwork.near))
        }
        let receipt = try await SwarmClient.over(router).store(Self.item)
        #expect(router.calls.count == 2)
        #expect(Set(receipt.confirmed) == Set(FakeNetwork.near.map(\.key)))
    }

    /// The next request does not take a single node's word for it, but looks the swarm up.
    @Test func nextRequestRefreshesTheList() async throws {
        let clock = FixedClock(FakeNetwork.now)
        let list = FakeNetwork.list(FakeNetwork.nodes).bytes
        let router = RecordingRouter { node, document, number in
            if document["method"] != "store" { return (200, list) }
            return number == 0
                ? (421, Self.redirect)
                : (200, FakeStorage.storeAnswer(Self.item.hash, signedBy: FakeNetwork.near + FakeNetwork.far))
        }
        let client = SwarmClient.over(router, pool: .filled(clock: clock), clock: clock)
        _ = try await client.store(Self.item)
        clock.advance(by: .seconds(60))
        let receipt = try await client.store(Self.item)
        #expect(Set(receipt.confirmed) == Set(FakeNetwork.near.map(\.key)))
        #expect(router.calls.count == 6)
        _ = try await client.store(Self.item)
        #expect(router.calls.count == 7, "two, three for the list, and one for each further request")
    }
}
