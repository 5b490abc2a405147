import SessionInterfaces
import Synchronization
import Testing

@testable import SessionSwarm

/// Requests that nodes refuse for their time.
@Suite struct ClientClockTests {
    private static let late = Array("store: signature timestamp too far from current time".utf8)
    private static let item = StorageItem(
        account: FakeNetwork.ownedAccount(), namespace: .userProfile, data: [1, 2, 3], timestamp: FakeNetwork.now,
        timeToLive: .days(30))
    private static let credential = SwarmCredential.owner(FakeNetwork.owner)

    /// This machine's clock and the nodes' tick alike, however long a test takes.
    private struct TickingClock: NetworkClock {
        static let start = ContinuousClock.now

        func now() -> Timestamp { FakeNetwork.now + (ContinuousClock.now - Self.start) }
    }

    private static var now: Timestamp { TickingClock().now() }

    private func client(_ router: any Router, _ clock: any NetworkClock, pool: NodePool = .filled()) -> SwarmClient {
        var configuration = SwarmClient.Configuration()
        configuration.retryPause = .zero
        return SwarmClient(
            pool: pool, router: router, clock: clock, random: SeededRandom(seed: 5), configuration: configuration)
    }

    /// A network that is ahead of this machine and accepts what is signed within a minute of its own time.
    private func network(
        ahead: Duration, _ info: @escaping @Sendable (FakeNode, Int) -> Duration? = { _, _ in nil }
    ) -> RecordingRouter {
        let asked = Mutex(0)
        return RecordingRouter { node, document, _ in
            if document["method"] == "info" {
                let number = asked.withLock { asked in
                    asked += 1
                    return asked
                }
                return (200, FakeStorage.info(at: Self.now + (info(node, number) ?? ahead)))
            }
            let signedAt = document["params"]?["sig_timestamp"]?.integer ?? 0
            let difference = Timestamp(milliseconds: signedAt) - (Self.now + ahead)
            guard difference < .seconds(60), difference > .seconds(-60) else { return (406, Self.late) }
            return (200, FakeStorage.storeAnswer(Self.item.hash, signedBy: FakeNetwork.nodes))
        }
    }

    private func stores(_ router: RecordingRouter) throws -> [JSONValue] {
        try router.calls.map { try JSONValue(json: $0.document) }.filter { $0["method"] == "store" }
    }

    @Test func setsTheClockAndSignsAnew() async throws {
        let router = network(ahead: .seconds(3600))
        let clock = NetworkTime(local: TickingClock())
        let receipt = try await client(router, clock).store(Self.item, credential: Self.credential)
        #expect(receipt.hash == Self.item.hash)
        let stores = try stores(router)
        #expect(stores.count == 2)
        #expect(router.calls.count == 5)
        // The message is the same; its times have moved with the clock.
        #expect(stores[0]["params"]?["data"] == stores[1]["params"]?["data"])
        #expect(stores[0]["params"]?["signature"] != stores[1]["params"]?["signature"])
        let moved = try #require(stores[1]["params"]?["timestamp"]?.integer) - FakeNetwork.now.milliseconds
        #expect((3_590_000...3_610_000).contains(moved))
        let ahead = try #require(clock.offset)
        #expect(ahead > .seconds(3590) && ahead < .seconds(3610))
    }

    @Test func otherClocksGiveUpAtOnce() async throws {
        let router = network(ahead: .seconds(3600))
        await #expect(throws: SwarmError(.clockSkew, "")) {
            try await client(router, FixedClock(FakeNetwork.now)).store(Self.item, credential: Self.credential)
        }
        #expect(router.calls.count == 1)
    }

    /// One node with a wrong clock, among others who agree with this one: it is struck, and another takes the same bytes.
    @Test func theOddOneIsStruck() async throws {
        let refused = Mutex<Ed25519PublicKey?>(nil)
        let router = RecordingRouter { node, document, number in
            if document["method"] == "info" { return (200, FakeStorage.info(at: Self.now)) }
            if number == 0 {
                refused.withLock { $0 = node.key }
                return (406, Self.late)
            }
            return (200, FakeStorage.storeAnswer(Self.item.hash, signedBy: FakeNetwork.nodes))
        }
        let pool = NodePool.filled()
        let client = client(router, NetworkTime(local: TickingClock()), pool: pool)
        _ = try await client.store(Self.item, credential: Self.credential)
        let stores = router.calls.filter { call in (try? JSONValue(json: call.document))?["method"] == "store" }
        #expect(stores.count == 2)
        #expect(Set(stores.map(\.document)).count == 1)
        #expect(Set(stores.map(\.node)).count == 2)
        let odd = try #require(refused.withLock { $0 })
        for _ in 0..<2 { await pool.strike(odd, .transient) }
        #expect(try await pool.serviceNodes().map(\.ed25519Key).contains(odd) == false)
    }

    @Test func liarsAboutTheTimeChangeNothing() async throws {
        let router = network(ahead: .seconds(3600)) { _, number in .seconds(number * 1000) }
        let clock = NetworkTime(local: TickingClock())
        await #expect(throws: SwarmError(.clockSkew, "")) {
            try await client(router, clock).store(Self.item, credential: Self.credential)
        }
        #expect(clock.offset == nil)
        #expect(try stores(router).count == 1)
    }

    /// `expire` and `delete_before` say 401 where others say 406.
    @Test func wrongTimesThatTheRequestItselfSetsAreNotBlamedOnNodes() async throws {
        let router = RecordingRouter { _, document, _ in
            document["method"] == "info"
                ? (200, FakeStorage.info(at: Self.now))
                : (401, Array("expire: timestamp should be >= current time".utf8))
        }
        await #expect(throws: SwarmError(.clockSkew, "")) {
            try await client(router, NetworkTime(local: TickingClock())).expire(
                [.numbered(1)], of: FakeNetwork.ownedAccount(), at: [Timestamp(milliseconds: 5)], .set,
                credential: Self.credential)
        }
        #expect(router.calls.count == 4)
    }

    @Test func timesOfAnswersAreNoted() async throws {
        let clock = NetworkTime(local: TickingClock())
        let router = RecordingRouter { _, _, _ in
            let body = FakeStorage.storeAnswer(StoreTests.item.hash, signedBy: FakeNetwork.near)
            guard case .object(var members) = try JSONValue(json: body) else { return (500, []) }
            members["t"] = .integer((Self.now + .seconds(500)).milliseconds)
            return (200, JSONValue.object(members).bytes)
        }
        let client = client(router, clock)
        for _ in 0..<20 where clock.offset == nil { _ = try await client.store(StoreTests.item) }
        #expect(Set(router.calls.map(\.node)).count == 2)
        let ahead = try #require(clock.offset)
        #expect(ahead >= .seconds(499) && ahead < .seconds(501))
    }

    @Test(arguments: [#"{}"#, #"{"version":[2,8,0]}"#, #"{"timestamp":1,"version":[2,8]}"#, #"{"timestamp":"1"}"#, "x"])
    func malformedInfo(body: String) async {
        let router = RecordingRouter { _, _, _ in (200, Array(body.utf8)) }
        await #expect(throws: SwarmError(.malformedAnswer, "")) {
            try await client(router, SystemClock()).info(of: FakeNetwork.nodes[0].node)
        }
    }
}
