import SessionCrypto
import SessionInterfaces
import Synchronization
import Testing

@_spi(Simulation) @testable import SessionOnionPath

struct OnionRouterTests {
    /// A network, a source that knows its nodes, and a router between them.
    struct Setup {
        let nodes: [FakeNode]
        let network: FakeNetwork
        let source: RecordingSource
        let router: OnionRouter

        init(_ count: Int = 9, seed: UInt64 = 1, attempts: Int = 3, pathCount: Int = 2) {
            nodes = FakeNode.several(count)
            network = FakeNetwork(nodes)
            source = RecordingSource(nodes.map(\.node))
            router = OnionRouter(
                nodes: source, transport: network,
                rules: .init(
                    minimumPoolSize: 4, minimumSwarmSize: 1, separatesSubnets: true, pathCount: pathCount),
                random: SeededRandom(seed: seed),
                configuration: .init(attempts: attempts, pauses: .none))
        }

        var destination: ServiceNode { nodes[0].node }

        func send(_ text: String = "hello") async throws -> RoutedResponse {
            try await router.send(.storageRPC(Array(text.utf8)), to: .serviceNode(destination))
        }

        /// A path that is in use and does not contain the destination, known after a first request.
        func warmPath() async throws -> [ServiceNode] { try await send("warm").path }
    }

    @Test(arguments: [4, 5, 9, 20], 0..<5)
    func aRequestReachesItsDestination(count: Int, seed: Int) async throws {
        let setup = Setup(count, seed: UInt64(seed))
        let response = try await setup.send()
        #expect(response.status == 200)
        #expect(response.body == Array("echo:hello".utf8))
        #expect(response.path.count == 3)
        #expect(!response.path.contains(setup.destination))
        #expect(setup.network.delivered == [Array("hello".utf8)])
        #expect(setup.network.guards == [response.path[0]])
        #expect(await setup.source.strikes.isEmpty)
    }

    @Test func aServerIsReachedToo() async throws {
        let setup = Setup()
        let server = RoutedServer(scheme: .https, host: "example.org", x25519Key: setup.network.server.publicKey)
        let request = RoutedRequest(method: .post, path: "/room?x=1", body: Array("body".utf8))
        let response = try await setup.router.send(request, to: .server(server))
        #expect(response.status == 201)
        #expect(response.headers == [.contentType: "text/plain"])
        #expect(response.body == Array("POST /room?x=1 body".utf8))
        await #expect(throws: RouterError(.invalidRequest, "")) {
            try await setup.router.send(RoutedRequest(method: .get, path: "room"), to: .server(server))
        }
    }

    @Test func anyStatusOfTheDestinationIsAnAnswer() async throws {
        let nodes = FakeNode.several(5)
        let network = FakeNetwork(nodes) { _ in NodeReply(status: 421, body: Array("{}".utf8)) }
        let source = RecordingSource(nodes.map(\.node))
        let router = OnionRouter(
            nodes: source, transport: network, rules: .local, random: SeededRandom(seed: 1))
        let response = try await router.send(.storageRPC([]), to: .serviceNode(nodes[0].node))
        #expect(response.status == 421)
        #expect(network.guards.count == 1)
        #expect(await source.strikes.isEmpty)
    }

    @Test func aDestinationThatConfessesIsReported() async throws {
        let nodes = FakeNode.several(5)
        let network = FakeNetwork(nodes) { _ in
            NodeReply(status: 502, body: Array("oxend returned unparsable data".utf8))
        }
        let source = RecordingSource(nodes.map(\.node))
        let router = OnionRouter(nodes: source, transport: network, rules: .local, random: SeededRandom(seed: 1))
        #expect(try await router.send(.storageRPC([]), to: .serviceNode(nodes[0].node)).status == 502)
        #expect(await source.strikes == [nodes[0].node.ed25519Key: [.permanent]])
    }

    @Test(arguments: 0..<5)
    func aDeadGuardIsLeftForAnotherPath(seed: Int) async throws {
        let setup = Setup(seed: UInt64(seed), pathCount: 1)
        let guardNode = try await setup.warmPath()[0]
        setup.network.set(.refusesConnections, for: guardNode)
        let response = try await setup.send()
        #expect(response.status == 200)
        #expect(!response.path.contains(guardNode))
        #expect(await setup.source.strikes == [guardNode.ed25519Key: [.transient]])
        #expect(await setup.router.paths().allSatisfy { !$0.contains(guardNode.ed25519Key) })
    }

    @Test func beingOfflineIsNobodysFault() async throws {
        let setup = Setup()
        for node in setup.nodes { setup.network.set(.refusesConnections, for: node.node) }
        await #expect(throws: RouterError(.noPath, "")) { try await setup.send() }
        #expect(setup.network.guards.count == 3)
        #expect(Set(setup.network.guards).count == 3, "every attempt takes another guard")
        let paths = await setup.router.paths().map(\.path)
        #expect(paths.count == 2)

        for node in setup.nodes { setup.network.set(nil, for: node.node) }
        #expect(try await setup.send().status == 200)
        #expect(await setup.source.strikes.isEmpty)
        #expect(await setup.router.paths().map(\.path) == paths, "guards survive being offline")
    }

    @Test func aSilentDestinationIsNotTheFaultOfThePaths() async throws {
        let setup = Setup()
        _ = try await setup.warmPath()
        let paths = await setup.router.paths().map(\.path)
        setup.network.set(.silent, for: setup.destination)
        for _ in 0..<5 {
            await #expect(throws: RouterError(.timedOut, "")) { try await setup.send() }
        }
        #expect(await setup.source.strikes.isEmpty)
        #expect(await setup.router.paths().map(\.path) == paths)
    }

    /// With one path it is tried first every time, until its third strike.
    @Test func aSilentNodeRetiresItsPathOnceOthersAnswer() async throws {
        let setup = Setup(pathCount: 1)
        let path = try await setup.warmPath()
        setup.network.set(.silent, for: path[1])
        for _ in 0..<3 { #expect(try await setup.send().status == 200) }
        #expect(await setup.source.strikes == Dictionary(uniqueKeysWithValues: path.keys.map { ($0, [.transient]) }))
        #expect(await setup.router.paths().isEmpty)
        #expect(try await setup.send().status == 200)
    }

    @Test(arguments: 1...2, [FakeNetwork.Fault.unknownToOthers, .refusesConnections])
    func aNodeThatOthersCannotReachIsReplaced(position: Int, fault: FakeNetwork.Fault) async throws {
        let setup = Setup(pathCount: 1)
        let path = try await setup.warmPath()
        setup.network.set(fault, for: path[position])
        let response = try await setup.send()
        #expect(!response.path.contains(path[position]))
        #expect(await setup.source.strikes == [path[position].ed25519Key: [.permanent]])
        let repaired = await setup.router.paths()
        #expect(repaired.map(\.guardNode) == [path[0]], "the guard is kept")
        #expect(!repaired[0].nodes.contains(path[position]))
    }

    @Test func aNodeThatIsNotReadyIsAvoidedByThisRequest() async throws {
        let setup = Setup(pathCount: 1)
        let path = try await setup.warmPath()
        setup.network.set(.notReady, for: path[2])
        let response = try await setup.send()
        #expect(!response.path.contains(path[2]))
        #expect(response.path[0] == path[0], "the guard is kept")
        #expect(await setup.source.strikes == [path[2].ed25519Key: [.transient]])
    }

    @Test(arguments: [FakeNetwork.Fault.unknownToOthers, .notReady])
    func anUnreachableDestinationIsReportedAtOnce(fault: FakeNetwork.Fault) async throws {
        let setup = Setup()
        setup.network.set(fault, for: setup.destination)
        await #expect(throws: RouterError(.destinationUnreachable, "")) { try await setup.send() }
        #expect(setup.network.guards.count == 1)
        #expect(await setup.source.strikes.keys.map { $0 } == [setup.destination.ed25519Key])
    }

    @Test(arguments: 0...2, [FakeNetwork.Fault.silent, .garbled, .says(406, "clock"), .says(500, "?")])
    func anUnexplainedFailureLeadsToAnotherPath(position: Int, fault: FakeNetwork.Fault) async throws {
        let setup = Setup()
        let path = try await setup.warmPath()
        setup.network.set(fault, for: path[position])
        for _ in 0..<6 {
            let response = try await setup.send()
            #expect(response.status == 200)
            #expect(!response.path.contains(path[position]))
        }
        #expect(await setup.source.strikes.isEmpty, "one strike against the path is none against its nodes")
    }

    @Test func everyAttemptFailsInTheEnd() async throws {
        let setup = Setup()
        setup.network.set(.silent, for: setup.destination)
        await #expect(throws: RouterError(.timedOut, "")) { try await setup.send() }
        #expect(setup.network.guards.count == 3)
    }

    @Test func threeFailuresRetireAPathAndStrikeItsNodes() async throws {
        let setup = Setup(attempts: 1, pathCount: 1)
        let path = try await setup.warmPath()
        setup.network.set(.says(500, "Invalid response from snode"), for: path[1])
        for _ in 0..<3 {
            await #expect(throws: RouterError(.pathFailed, "")) { try await setup.send() }
        }
        #expect(await setup.source.strikes == Dictionary(uniqueKeysWithValues: path.keys.map { ($0, [.transient]) }))
        #expect(await setup.router.paths().isEmpty)
        setup.network.set(nil, for: path[1])
        #expect(try await setup.send().status == 200)
    }

    @Test func aForgedNameHurtsNobodyElse() async throws {
        let setup = Setup()
        let path = try await setup.warmPath()
        let bystander = try #require(
            setup.nodes.first { !path.contains($0.node) && $0.node != setup.destination })
        setup.network.set(.accuses(bystander.node.ed25519Key), for: path[0])
        #expect(try await setup.send().status == 200)
        #expect(await setup.source.strikes.isEmpty)
    }

    @Test func aRateLimitIsRespectedByAnotherGuard() async throws {
        let setup = Setup(pathCount: 1)
        let path = try await setup.warmPath()
        setup.network.set(.says(429, "Too Many Requests"), for: path[0])
        let response = try await setup.send()
        #expect(response.path[0] != path[0])
        #expect(await setup.source.strikes.isEmpty)
    }

    @Test func aRetryCarriesTheSamePayloadInFreshLayers() async throws {
        let setup = Setup()
        let path = try await setup.warmPath()
        setup.network.set(.garbled, for: path[2])
        setup.network.set(.garbled, for: path[1])
        for index in 0..<4 { _ = try await setup.send("payload \(index)") }
        #expect(Set(setup.network.bodies).count == setup.network.bodies.count)
        #expect(setup.network.delivered.dropFirst().map { $0 } == (0..<4).map { Array("payload \($0)".utf8) })
    }

    @Test(arguments: 0...3)
    func tooFewNodesMakeNoPath(count: Int) async throws {
        let destination = FakeNode.several(4)[3].node
        let pool = FakeNode.several(4).prefix(count).map(\.node)
        let router = OnionRouter(
            nodes: FixedServiceNodes(pool.dropLast() + (count > 0 ? [destination] : [])),
            transport: FakeNetwork(FakeNode.several(4)), rules: .local, random: SeededRandom(seed: 1))
        await #expect(throws: RouterError(.noPath, "")) {
            try await router.send(.storageRPC([]), to: .serviceNode(destination))
        }
    }

    @Test func aSourceThatFailsMakesNoPath() async throws {
        struct Broken: ServiceNodeSource {
            func serviceNodes() async throws -> [ServiceNode] { throw TransportError(.unreachable, "no seed") }
            func strike(_ node: Ed25519PublicKey, _ severity: NodeStrike) async {}
        }
        let router = OnionRouter(
            nodes: Broken(), transport: FakeNetwork([]), rules: .local, random: SeededRandom(seed: 1))
        await #expect(throws: RouterError(.noPath, "")) {
            try await router.send(.storageRPC([]), to: .serviceNode(ServiceNode.several(1)[0]))
        }
    }

    @Test func aRequestThatIsTooLargeIsNotSent() async throws {
        let setup = Setup()
        let request = RoutedRequest.storageRPC([UInt8](repeating: 0, count: OnionEntry.maximumBodySize))
        await #expect(throws: RouterError(.invalidRequest, "")) {
            try await setup.router.send(request, to: .serviceNode(setup.destination))
        }
        #expect(setup.network.guards.isEmpty)
        #expect(await setup.source.strikes.isEmpty)
    }

    @Test func manyRequestsShareThePaths() async throws {
        let setup = Setup(20)
        let guards = try await withThrowingTaskGroup(of: ServiceNode.self) { group in
            for index in 0..<40 { group.addTask { try await setup.send("\(index)").path[0] } }
            return try await group.reduce(into: Set<ServiceNode>()) { $0.insert($1) }
        }
        #expect(guards.count == 2)
        #expect(await Set(setup.router.paths().map(\.guardNode)) == guards)
        #expect(setup.network.delivered.count == 40)
    }

    @Test(.timeLimit(.minutes(1)))
    func pathsAreObserved() async throws {
        let setup = Setup(pathCount: 1)
        var updates = await setup.router.pathUpdates().makeAsyncIterator()
        #expect(await updates.next() == [])
        let path = try await setup.warmPath()
        #expect(await updates.next()?.map(\.nodes) == [path])
        setup.network.set(.unknownToOthers, for: path[1])
        _ = try await setup.send()
        let repaired = try #require(await updates.next())
        #expect(repaired.map(\.id) == (await setup.router.paths().map(\.id)))
        #expect(repaired.map(\.nodes) != [path])
    }

    @Test(.timeLimit(.minutes(1)))
    func cancellationEndsTheRequest() async throws {
        struct Endless: Transport {
            func send(_ request: TransportRequest) async throws -> TransportResponse {
                try await Task.sleep(for: .seconds(3_600))
                throw TransportError(.timedOut, "an hour has passed")
            }
            func shutdown() async {}
        }
        let source = RecordingSource(ServiceNode.several(5))
        let router = OnionRouter(
            nodes: source, transport: Endless(), rules: .local, random: SeededRandom(seed: 1))
        let task = Task { try await router.send(.storageRPC([]), to: .serviceNode(ServiceNode.several(1)[0])) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(await source.strikes.isEmpty)
    }

    @Test func attemptsShareTheTimeOfTheirSum() async throws {
        /// Takes longer than all attempts may together, whatever it was given.
        final class Slow: Transport {
            let requests = Mutex(0)

            func send(_ request: TransportRequest) async throws -> TransportResponse {
                requests.withLock { $0 += 1 }
                try await Task.sleep(for: .milliseconds(30))
                throw TransportError(.timedOut, "too late")
            }
            func shutdown() async {}
        }
        let transport = Slow()
        let router = OnionRouter(
            nodes: FixedServiceNodes(ServiceNode.several(9)), transport: transport, rules: .local,
            random: SeededRandom(seed: 1))
        await #expect(throws: RouterError(.timedOut, "")) {
            try await router.send(
                .storageRPC([], timeLimit: .milliseconds(1)), to: .serviceNode(ServiceNode.several(1)[0]))
        }
        #expect(transport.requests.withLock { $0 } <= 1)
    }
}
