import SessionInterfaces
import Testing

@_spi(Simulation) @testable import SessionOnionPath

/// What a router does with its paths beside sending: isolation, guards, rotation, what it shows.
struct RouterPathTests {
    struct Setup {
        let nodes: [FakeNode]
        let network: FakeNetwork
        let source: RecordingSource
        let time = MovableTime()
        let clock = FixedClock(Timestamp(milliseconds: 1_700_000_000_000))
        let router: OnionRouter
        let doubts = Doubts()

        actor Doubts {
            private(set) var count = 0
            func add() { count += 1 }
        }

        init(
            _ count: Int = 20, seed: UInt64 = 1, pathCount: Int = 2, attempts: Int = 3, store: (any Store)? = nil,
            overallTimeLimit: Duration? = nil, singlePath: Bool = false, refreshes: Bool = false
        ) {
            nodes = FakeNode.several(count)
            network = FakeNetwork(nodes)
            source = RecordingSource(nodes.map(\.node))
            let record: GuardRecord? = store.map { GuardRecord(in: $0, network: "test") }
            let (time, doubts) = (time, doubts)
            let doubt: @Sendable () async -> Void = { await doubts.add() }
            let instant: @Sendable () -> ContinuousClock.Instant = { time.now }
            let rules = Network.Rules(
                minimumPoolSize: 4, minimumSwarmSize: 1, separatesSubnets: true, pathCount: pathCount)
            let configuration = OnionRouter.Configuration(
                attempts: attempts, pauses: RetryPauses.none, overallTimeLimit: overallTimeLimit,
                singlePath: singlePath, saveDelay: .zero)
            router = OnionRouter(
                nodes: source, transport: network, rules: rules, random: SeededRandom(seed: seed),
                configuration: configuration, clock: clock, guards: record, nodesInDoubt: refreshes ? doubt : nil,
                instant: instant)
        }

        var destination: ServiceNode { nodes[0].node }

        @discardableResult
        func send(_ isolation: PathIsolation = .shared, category: PathCategory = .standard) async throws
            -> RoutedResponse
        {
            var request = RoutedRequest.storageRPC([1], isolation: isolation)
            request.category = category
            return try await router.send(request, to: .serviceNode(destination))
        }

        func account(_ number: UInt8) -> PathIsolation {
            .account(AccountID(prefix: .standard, key: Bytes32([UInt8](repeating: number, count: 32))!))
        }
    }

    @Test func noPathCarriesTwoAccounts() async throws {
        let setup = Setup(40, pathCount: 1)
        let purposes: [(PathIsolation, PathCategory)] = [
            (.shared, .standard), (.shared, .file), (setup.account(1), .standard), (setup.account(2), .standard),
        ]
        var used: [[ServiceNode]] = []
        for (isolation, category) in purposes {
            let path = try await setup.send(isolation, category: category).path
            #expect(try await setup.send(isolation, category: category).path == path)
            used.append(path)
        }
        #expect(Set(used.map { $0[0] }).count == 1, "guards are shared")
        let behind = used.flatMap { $0.dropFirst() }
        #expect(Set(behind).count == behind.count)
        let shown = await setup.router.paths()
        #expect(shown.count == 4)
        for (purpose, path) in zip(purposes, used) {
            #expect(shown.contains { $0.isolation == purpose.0 && $0.category == purpose.1 && $0.nodes == path })
        }
    }

    @Test func guardsSurviveTheProcess() async throws {
        let store = TinyStore()
        let first = Setup(seed: 1, store: store)
        try await first.send()
        await first.router.save()
        let guards = await first.router.paths().map(\.guardNode)
        #expect(guards.count == 2)
        for seed in 2..<6 {
            let later = Setup(seed: UInt64(seed), store: store)
            later.clock.advance(by: .days(9))
            try await later.send()
            let paths = await later.router.paths()
            #expect(paths.map(\.guardNode) == guards)
            #expect(paths.allSatisfy { $0.guardFirstUsed == first.clock.now() })
        }
    }

    @Test func aDamagedRecordAndABrokenStoreMeanABeginning() async throws {
        let store = TinyStore()
        let first = Setup(store: store)
        try await first.send()
        await first.router.save()
        #expect(store.values.count == 1)
        store.spoil { $0[0] ^= 0xff }
        #expect(try await Setup(store: store).send().status == 200)
        let broken = Setup(store: TinyStore(isBroken: true))
        #expect(try await broken.send().status == 200)
        await broken.router.save()
    }

    @Test func aGuardThatFailedIsPreferredAgainLater() async throws {
        let setup = Setup(pathCount: 1)
        let guardNode = try await setup.send().path[0]
        setup.network.set(.refusesConnections, for: guardNode)
        #expect(try await setup.send().path[0] != guardNode)
        setup.network.set(nil, for: guardNode)
        #expect(try await setup.send().path[0] != guardNode)
        setup.clock.advance(by: GuardBook.rest)
        await setup.router.rebuild()
        #expect(try await setup.send().path[0] == guardNode)
    }

    @Test func rebuildingKeepsGuardsOrDoesNot() async throws {
        let setup = Setup(40)
        try await setup.send()
        let before = await setup.router.paths()
        await setup.router.rebuild()
        #expect(await setup.router.paths().isEmpty)
        let kept = try await setup.router.build()
        #expect(kept.map(\.guardNode) == before.map(\.guardNode))
        #expect(Set(kept.map(\.id)).isDisjoint(with: before.map(\.id)))
        await setup.router.rebuild(keepingGuards: false)
        setup.clock.advance(by: .seconds(1))
        let fresh = try await setup.router.build()
        #expect(fresh.allSatisfy { $0.guardFirstUsed == setup.clock.now() })
    }

    @Test func aRequestRotatesInTheBackground() async throws {
        let setup = Setup(pathCount: 1)
        let old = try await setup.send().path
        setup.time.advance(by: PathRotation.interval)
        #expect(await setup.router.paths().map(\.age) == [PathRotation.interval])
        #expect(try await setup.send().path == old, "the request does not wait")
        await setup.router.rotation?.value
        let new = try #require(await setup.router.paths().first)
        #expect(new.guardNode == old[0])
        #expect(Set(new.nodes).intersection(old) == [old[0]])
        #expect(new.age == .zero)
        #expect(try await setup.send().path == new.nodes)
    }

    @Test func aPathThatDoesNotProveItselfIsNotTaken() async throws {
        let setup = Setup(pathCount: 1)
        let old = try await setup.send().path
        for node in setup.nodes where !old.contains(node.node) && node.node != setup.destination {
            setup.network.set(.silent, for: node.node)
        }
        setup.time.advance(by: PathRotation.interval)
        try await setup.send()
        await setup.router.rotation?.value
        #expect(await setup.router.paths().map(\.nodes) == [old])
        #expect(await setup.source.strikes.isEmpty)
        for node in setup.nodes { setup.network.set(nil, for: node.node) }
        setup.time.advance(by: PathRotation.retryInterval)
        try await setup.send()
        await setup.router.rotation?.value
        #expect(await setup.router.paths().map(\.nodes) != [old])
    }

    @Test func oneSinglePathIsEnoughForAShortLife() async throws {
        let setup = Setup(singlePath: true)
        try await setup.send()
        #expect(await setup.router.paths().count == 1)
    }

    // MARK: Hostile answers

    @Test func anEndlessAnswerIsLeftForAnotherPath() async throws {
        let setup = Setup(pathCount: 1)
        let path = try await setup.send().path
        setup.network.set(.endless, for: path[2])
        for _ in 0..<3 { #expect(try await setup.send().status == 200) }
        #expect(Set(await setup.source.strikes.keys).isSubset(of: path.keys), "three of them retire the path")
        #expect(await !setup.router.paths().map(\.nodes).contains(path))
    }

    @Test(arguments: [#"{"status":"200","body":""}"#, "[]", String(repeating: "[", count: 100_000)])
    func aDestinationThatTalksNonsenseIsStruck(text: String) async throws {
        let setup = Setup()
        setup.network.set(.seals(text), for: setup.destination)
        await #expect(throws: RouterError(.invalidResponse, "")) { try await setup.send() }
        #expect(setup.network.guards.count == 1)
        #expect(await setup.source.strikes == [setup.destination.ed25519Key: [.transient]])
    }

    @Test func aWrongClockIsPassedOn() async throws {
        let nodes = FakeNode.several(8)
        let network = FakeNetwork(nodes) { _ in NodeReply(status: 406, body: Array("Timestamp error".utf8)) }
        let router = OnionRouter(
            nodes: FixedServiceNodes(nodes.map(\.node)), transport: network, rules: .local,
            random: SeededRandom(seed: 1))
        let response = try await router.send(.storageRPC([]), to: .serviceNode(nodes[0].node))
        #expect(response.advice == [.clockIsOff])
        #expect(response.status == 406)
        network.set(.says(406, "Timestamp error"), for: response.path[0])
        #expect(try await router.send(.storageRPC([]), to: .serviceNode(nodes[0].node)).path[0] != response.path[0])
    }

    @Test func aServerOfVersionThreeIsReached() async throws {
        let setup = Setup()
        let server = RoutedServer(
            scheme: .http, host: "example.org", x25519Key: setup.network.server.publicKey, form: .v3)
        let response = try await setup.router.send(
            RoutedRequest(method: .post, path: "/files", body: Array("text".utf8)), to: .server(server))
        #expect(response.status == 201)
        #expect(String(decoding: response.body, as: UTF8.self).contains("POST /files text"))
    }

    // MARK: Time

    @Test func aSilentDestinationWithOthersCostsOneAttempt() async throws {
        let setup = Setup(pathCount: 2)
        let path = try await setup.send().path
        setup.network.set(.silent, for: path[1])
        var request = RoutedRequest.storageRPC([1], hasOtherDestinations: true)
        request.isolation = .shared
        let other = setup.nodes.map(\.node).first { !path.contains($0) && $0 != setup.destination }!
        let sent = setup.network.guards.count
        var silences = 0
        for _ in 0..<2 {
            do { _ = try await setup.router.send(request, to: .serviceNode(setup.destination)) } catch {
                #expect(error as? RouterError == RouterError(.timedOut, ""))
                silences += 1
            }
        }
        #expect(silences == 1, "the path is suspect after the first")
        #expect(setup.network.guards.count == sent + 2)
        _ = try await setup.router.send(request, to: .serviceNode(other))
        #expect(await setup.router.paths().first { $0.nodes == path }?.strikes == 1, "proved by the answer that came")
    }

    @Test func aRetryNeverOutlivesTheDeadline() async throws {
        let setup = Setup(attempts: 100)
        setup.network.set(.silent, for: setup.destination)
        let request = RoutedRequest.storageRPC([1], overallTimeLimit: .zero)
        await #expect(throws: RouterError.self) {
            try await setup.router.send(request, to: .serviceNode(setup.destination))
        }
        #expect(setup.network.guards.count <= 1)
    }

    @Test(.timeLimit(.minutes(1)))
    func aSourceThatNeverAnswersDoesNotHoldARequest() async throws {
        struct Stuck: ServiceNodeSource {
            func serviceNodes() async throws -> [ServiceNode] {
                try await Task.sleep(for: .seconds(3_600))
                return []
            }
            func strike(_ node: Ed25519PublicKey, _ severity: NodeStrike) async {}
        }
        let router = OnionRouter(
            nodes: Stuck(), transport: FakeNetwork([]), rules: .local, random: SeededRandom(seed: 1))
        let request = RoutedRequest.storageRPC([], overallTimeLimit: .milliseconds(20))
        await #expect(throws: RouterError(.noPath, "")) {
            try await router.send(request, to: .serviceNode(ServiceNode.several(1)[0]))
        }
    }

    @Test func aListThatSeemsOldIsDoubted() async throws {
        let setup = Setup(2, refreshes: true)
        await #expect(throws: RouterError(.noPath, "")) { try await setup.send() }
        await setup.router.doubting?.value
        #expect(await setup.doubts.count >= 1)
    }
}
