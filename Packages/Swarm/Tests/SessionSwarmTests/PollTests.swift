import SessionInterfaces
import Synchronization
import Testing

@testable import SessionSwarm

/// One poll of one node, and an account that is followed.
@Suite struct PollTests {
    private static let account = CallTests.account
    private static let node = CallTests.members[0].node
    private static let configs = [MessageHash.numbered(1), .numbered(2)]
    private static let query = PollQuery(
        account: account, namespaces: [.messages, .contacts], after: [.contacts: .numbered(7)], renewing: configs,
        until: FakeNetwork.now + .days(30))

    private static func renewal() throws -> JSONValue {
        let applied = FakeNetwork.now + .days(30)
        let text = SignedText.confirmedExpire(
            account, [applied], requested: configs, updated: [configs[0]], unchanged: [:])
        let part: [String: JSONValue] = [
            "updated": [.string(configs[0].text)], "unchanged": [:], "expiry": .integer(applied.milliseconds),
        ]
        return FakeStorage.result(
            200, try JSONValue(json: FakeStorage.answer(by: CallTests.members, part, signing: text)))
    }

    @Test func asksForNamespacesAndRenewsConfigs() async throws {
        let entry = FakeStorage.entry([1], for: Self.account)
        let router = RecordingRouter { _, _, _ in
            (200, FakeStorage.batch([FakeStorage.messages([entry]), FakeStorage.messages([]), try Self.renewal()]))
        }
        let answer = try await SwarmClient.over(router).poll(
            Self.query, at: Self.node, credential: CallTests.credential)
        #expect(answer.retrieved.batches.map(\.namespace) == [.messages, .contacts])
        #expect(answer.retrieved.batches[0].messages.map(\.data) == [[1]])
        let outcome = try #require(try answer.renewal?.get().confirmed[Self.node.ed25519Key])
        #expect(outcome.gone == [Self.configs[1]])
        let requests = try JSONValue(parsing: router.calls[0].document)["params"]?["requests"]?.array
        #expect(requests?.map { $0["method"]?.string } == ["retrieve", "retrieve", "expire"])
        #expect(requests?[1]["params"]?["last_hash"]?.string == MessageHash.numbered(7).text)
        #expect(requests?[2]["params"]?["extend"] == true)
    }

    @Test func refusedRenewalDoesNotLoseMessages() async throws {
        let router = RecordingRouter { _, _, _ in
            (
                200,
                FakeStorage.batch([
                    FakeStorage.messages([]), FakeStorage.messages([]), FakeStorage.result(500, "request failed"),
                ])
            )
        }
        let answer = try await SwarmClient.over(router).poll(
            Self.query, at: Self.node, credential: CallTests.credential)
        #expect(answer.retrieved.batches.count == 2)
        #expect(throws: SwarmError(.nodeFailed, "")) { try answer.renewal?.get() }
    }

    @Test func oneNodeIsAskedOnce() async throws {
        for (status, code) in [(421, SwarmError.Code.wrongSwarm), (500, .nodeFailed), (401, .unauthorised)] {
            let router = RecordingRouter { _, _, _ in (status, []) }
            await #expect(throws: SwarmError(code, "")) {
                try await SwarmClient.over(router).poll(Self.query, at: Self.node, credential: CallTests.credential)
            }
            #expect(router.calls.count == 1)
        }
    }

    @Test func followerDeliversUntilItIsCancelled() async throws {
        let count = Mutex(0)
        let router = RecordingRouter { _, document, _ in
            guard document["method"] == "batch" else { return (500, []) }
            let number = count.withLock { count in
                count += 1
                return count
            }
            // The third one fails on the way.
            if number == 3 { throw RouterError(.timedOut, "silent") }
            let entry = FakeStorage.entry([UInt8(clamping: number)], for: Self.account)
            return (200, FakeStorage.batch([FakeStorage.messages([entry], more: true)]))
        }
        let (messages, delivered) = AsyncStream.makeStream(of: [UInt8].self)
        var policy = SwarmPollerPolicy()
        policy.failurePause = .zero
        let follower = SwarmFollower(
            SwarmPoller(of: Self.account, namespaces: [.messages], policy: policy), over: .over(router),
            credential: CallTests.credential,
            deliver: { answer in
                for batch in answer.retrieved.batches {
                    for message in batch.messages { delivered.yield(message.data) }
                }
            })
        let task = Task { try await follower.run() }
        var received: [[UInt8]] = []
        for await message in messages {
            received.append(message)
            if received.count == 6 { break }
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(Set(received).count == 6)
        #expect(await !follower.cursors.entries.isEmpty)
    }

    @Test func failedDeliveryEndsTheFollowingWithoutLosingItsPlace() async throws {
        struct Full: Error {}
        let router = RecordingRouter { _, _, _ in
            (200, FakeStorage.batch([FakeStorage.messages([FakeStorage.entry([1], for: Self.account)])]))
        }
        let follower = SwarmFollower(
            SwarmPoller(of: Self.account, namespaces: [.messages]), over: .over(router),
            credential: CallTests.credential, deliver: { _ in throw Full() })
        await #expect(throws: Full.self) { try await follower.run() }
        #expect(await follower.cursors.entries.isEmpty)
    }
}
