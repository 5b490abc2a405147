import SessionInterfaces
import SessionSwarm
import Synchronization
import Testing

@Suite struct StoreTests {
    static let item = StorageItem(
        account: FakeNetwork.account, namespace: .messages, data: Array("hello".utf8), timestamp: FakeNetwork.now,
        timeToLive: .days(14))
    static let nearKeys = Set(FakeNetwork.near.map(\.key))

    @Test func oneMemberIsAskedAndAllAreHeard() async throws {
        let router = RecordingRouter { _, _, _ in
            (200, FakeStorage.storeAnswer(Self.item.hash, signedBy: FakeNetwork.near))
        }
        let receipt = try await SwarmClient.over(router).store(Self.item)
        #expect(receipt.hash == Self.item.hash)
        #expect(Set(receipt.confirmed) == Self.nearKeys)
        #expect(receipt.failed.isEmpty)
        #expect(receipt.expiry.milliseconds == 1_701_209_600_000)
        #expect(receipt.path == router.calls.map(\.node))
        #expect(router.calls.count == 1)
        #expect(Self.nearKeys.contains(router.calls[0].node.ed25519Key))
    }

    /// Only members of the known swarm count, with their own signature of the right hash.
    @Test func believesOnlyProof() async throws {
        let near = FakeNetwork.near
        let other = MessageHash.of(account: FakeNetwork.account, namespace: .messages, data: [1])
        let answer = FakeStorage.storeAnswer([
            (near[0], FakeStorage.part(near[0], Self.item.hash, expiry: 1_700_000_500_000)),
            (near[1], FakeStorage.part(near[1], Self.item.hash, signing: other)),
            (near[2], FakeStorage.part(near[2], other)),
            (near[3], ["failed": true, "timeout": true]),
            (FakeNetwork.far[0], FakeStorage.part(FakeNetwork.far[0], Self.item.hash)),
            (FakeNode(99, swarm: 1), FakeStorage.part(FakeNode(99, swarm: 1), Self.item.hash)),
        ])
        let receipt = try await SwarmClient.over(RecordingRouter { _, _, _ in (200, answer) }).store(Self.item)
        #expect(receipt.confirmed == [near[0].key])
        #expect(Set(receipt.failed) == Self.nearKeys.subtracting([near[0].key]))
        #expect(receipt.expiry.milliseconds == 1_700_000_500_000)
    }

    @Test(arguments: [Int64.max, -1, .min])
    func absurdExpiryIsIgnored(expiry: Int64) async throws {
        let answer = FakeStorage.storeAnswer(
            FakeNetwork.near.map { ($0, FakeStorage.part($0, Self.item.hash, expiry: expiry)) })
        let receipt = try await SwarmClient.over(RecordingRouter { _, _, _ in (200, answer) }).store(Self.item)
        #expect(receipt.expiry == Self.item.timestamp + Self.item.timeToLive)
    }

    /// Three attempts, three members, one and the same message.
    @Test func retriesTheSameBytesElsewhere() async throws {
        let router = RecordingRouter { _, _, number in
            switch number {
            case 0: throw RouterError(.timedOut, "silent")
            case 1: (500, Array("request failed".utf8))
            default: (200, FakeStorage.storeAnswer(Self.item.hash, signedBy: FakeNetwork.near))
            }
        }
        let clock = FixedClock(FakeNetwork.now)
        _ = try await SwarmClient.over(router, clock: clock).store(Self.item)
        #expect(router.calls.count == 3)
        #expect(Set(router.calls.map(\.node)).count == 3)
        #expect(Set(router.calls.map(\.document)).count == 1)
    }

    static let hopeless: [(Int, String, SwarmError.Code)] = [
        (400, "invalid request: Required field 'data' missing", .refused), (401, "no", .unauthorised),
        (403, "Provided expiry/TTL is not valid.", .refused),
        (406, "Timestamp error: check your clock", .clockSkew), (404, "", .refused),
    ]

    @Test(arguments: hopeless)
    func refusalEndsTheAttempt(status: Int, text: String, code: SwarmError.Code) async {
        let router = RecordingRouter { _, _, _ in (status, Array(text.utf8)) }
        let error = await #expect(throws: SwarmError.self) { try await SwarmClient.over(router).store(Self.item) }
        #expect(error?.code == code)
        #expect(error?.status == status)
        let ending = text.isEmpty ? "(\(status))" : "(\(status): \(text))"
        #expect(error?.message.hasSuffix(ending) == true)
        #expect(router.calls.count == 1)
    }

    static let passing: [(Int, [UInt8], SwarmError.Code)] = [
        (429, Array("Too Many Requests\n".utf8), .rateLimited), (500, Array("request failed".utf8), .nodeFailed),
        (502, [], .nodeFailed), (503, Array("\u{1b}[2J evil".utf8), .nodeFailed),
        (200, Array("no JSON".utf8), .malformedAnswer), (200, Array("{}".utf8), .malformedAnswer),
        (200, Array(#"{"swarm":[]}"#.utf8), .malformedAnswer), (200, Array(#"{"swarm":{}}"#.utf8), .unverified),
        (200, Array(#"{"swarm":{"x":1,"y":null}}"#.utf8), .unverified),
        (200, Array(#"{"swarm":"#.utf8) + Array(String(repeating: "[", count: 100_000).utf8), .malformedAnswer),
    ]

    @Test(arguments: passing.indices)
    func failureGoesOnThreeTimes(index: Int) async {
        let (status, body, code) = Self.passing[index]
        let router = RecordingRouter { _, _, _ in
            (status, body)
        }
        let error = await #expect(throws: SwarmError.self) { try await SwarmClient.over(router).store(Self.item) }
        #expect(error?.code == code)
        #expect(error?.message.utf8.allSatisfy { (0x20..<0x7f).contains($0) } == true)
        #expect(router.calls.count == 3)
        #expect(Set(router.calls.map(\.node)).count == 3)
    }

    @Test(arguments: [RouterError.Code.noPath, .invalidRequest, .unsupportedDestination])
    func hopelessPathsEndTheAttempt(code: RouterError.Code) async {
        let router = RecordingRouter { _, _, _ in throw RouterError(code, "no") }
        await #expect(throws: RouterError(code, "")) { try await SwarmClient.over(router).store(Self.item) }
        #expect(router.calls.count == 1)
    }

    @Test func tooSmallSwarmIsRefused() async {
        let clock = FixedClock(FakeNetwork.now)
        let pool = NodePool.filled(network: FakeNetwork.network(minimumSwarmSize: 5), clock: clock)
        let list = FakeNetwork.list(FakeNetwork.nodes).bytes
        let router = RecordingRouter { _, document, _ in
            #expect(document["method"] == "oxend_request")
            return (200, list)
        }
        let client = SwarmClient.over(router, pool: pool, clock: clock)
        for calls in [0, 3] {
            await #expect(throws: SwarmError(.noSwarm, "")) { try await client.store(Self.item) }
            #expect(router.calls.count == calls)
            clock.advance(by: .seconds(60))
        }
    }

    @Test func invalidItemsAreNotSent() async {
        let router = RecordingRouter { _, _, _ in (500, []) }
        let large = StorageItem(
            account: FakeNetwork.account, namespace: .messages, data: [UInt8](repeating: 0, count: 76_801),
            timestamp: FakeNetwork.now, timeToLive: .days(1))
        await #expect(throws: SwarmError(.invalidRequest, "")) { try await SwarmClient.over(router).store(large) }
        #expect(router.calls.isEmpty)
    }

    @Test func cancellationIsNoFailure() async {
        let router = RecordingRouter { _, _, _ in
            try await Task.sleep(for: .seconds(600))
            return (200, [])
        }
        let task = Task { try await SwarmClient.over(router).store(Self.item) }
        while router.calls.isEmpty { await Task.yield() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(router.calls.count == 1)
    }
}
