import SessionCrypto
import SessionInterfaces
import Testing

@testable import SessionSwarm

/// The calls that every member of a swarm carries out.
@Suite struct CallTests {
    static let account = FakeNetwork.ownedAccount()
    static let credential = SwarmCredential.owner(FakeNetwork.owner)
    static let hashes = (1...3).map { MessageHash.numbered($0) }.sorted()
    /// Whoever serves the account.
    static let members = FakeNetwork.nodes.filter {
        $0.node.swarmID
            == SwarmMapping.swarm(
                of: account,
                among: [FakeNetwork.nearSwarm, FakeNetwork.farSwarm].map { SwarmID(rawValue: $0) })
    }

    private func client(_ body: [UInt8]) -> SwarmClient { .over(RecordingRouter { _, _, _ in (200, body) }) }

    private func expire(
        _ part: [String: JSONValue], applied: [Timestamp], updated: [MessageHash],
        unchanged: [MessageHash: Timestamp] = [:]
    ) async throws -> SwarmAnswer<ExpiryOutcome> {
        let text = SignedText.confirmedExpire(
            Self.account, applied, requested: Self.hashes, updated: updated, unchanged: unchanged)
        return try await client(FakeStorage.answer(by: Self.members, part, signing: text)).expire(
            Self.hashes, of: Self.account, at: [FakeNetwork.now + .days(30)], .extend, credential: Self.credential)
    }

    @Test func expireTellsWhatIsGone() async throws {
        let applied = FakeNetwork.now + .days(29)
        let kept = FakeNetwork.now + .days(31)
        let answer = try await expire(
            [
                "updated": [.string(Self.hashes[0].text)], "expiry": .integer(applied.milliseconds),
                "unchanged": [Self.hashes[1].text: .integer(kept.milliseconds)],
            ], applied: [applied], updated: [Self.hashes[0]], unchanged: [Self.hashes[1]: kept])
        #expect(answer.confirmed.count == 4)
        #expect(
            answer.confirmed[Self.members[0].key]
                == ExpiryOutcome(
                    updated: [Self.hashes[0]: applied], unchanged: [Self.hashes[1]: kept], gone: [Self.hashes[2]]))
    }

    /// Correctly signed, and nonsense nevertheless.
    @Test(
        arguments: [
            ["updated": [], "expiry": .string("soon")], ["updated": [], "expiry": .integer(-1)], ["expiry": 1],
            ["updated": [.string(StoreTests.item.hash.text)], "expiry": 1], ["updated": ["short"], "expiry": 1],
            ["updated": [], "expiry": [1]], ["updated": [], "expiry": 1, "unchanged": ["x": 1]],
            ["updated": [.string(hashes[0].text), .string(hashes[0].text)], "expiry": 1],
            ["updated": [.string(hashes[0].text)], "expiry": 1, "unchanged": [hashes[0].text: 1]],
        ] as [[String: JSONValue]])
    func expireRefusesNonsense(part: [String: JSONValue]) async {
        await #expect(throws: SwarmError(.unverified, "")) {
            try await expire(part, applied: [Timestamp(milliseconds: 1)], updated: [])
        }
    }

    @Test func everyKindOfFailureIsTold() async throws {
        let text = SignedText.confirmedDelete(Self.account, requested: Self.hashes, deleted: [])
        let good = FakeStorage.signed(["deleted": []], text, by: Self.members[0])
        for (part, failure) in [
            (["failed": true, "timeout": 1], .timedOut),
            (["failed": 1, "code": 401, "reason": "no\u{1b}"], .refused(code: 401, reason: "no")),
            (["failed": 1, "bad_peer_response": true], .unreadableReply),
            (["failed": true, "query_failure": true], .storageFailed), (["failed": true], .unexplained),
            (7, .malformed), (["deleted": []], .badSignature), (["deleted": [], "signature": "AA=="], .badSignature),
        ] as [(JSONValue, MemberFailure)] {
            let body = FakeStorage.storeAnswer([(Self.members[0], good), (Self.members[1], part)])
            let answer = try await client(body).delete(Self.hashes, of: Self.account, credential: Self.credential)
            #expect(answer.failures[Self.members[1].key] == failure)
            #expect(answer.failures[Self.members[2].key] == .absent)
            #expect(answer.confirmed.keys.sorted() == [Self.members[0].key])
        }
    }

    /// The entry node is not to blame when the others are silent, but somebody else is asked.
    @Test func quorum() async throws {
        let tokens = [SubaccountToken(.standard, [.read], for: FakeNetwork.owner.publicKey)]
        let text = SignedText.confirmedRevocation(Self.account, tokens, at: FakeNetwork.now)
        let router = RecordingRouter { _, _, number in
            (200, FakeStorage.answer(by: Array(Self.members[..<(number == 0 ? 1 : 2)]), ["count": 1], signing: text))
        }
        let pool = NodePool.filled()
        let client = SwarmClient.over(router, pool: pool)
        let answer = try await client.unrevokeSubaccounts(tokens, of: Self.account, credential: Self.credential)
        #expect(answer.confirmed.values.map(\.count) == [1, 1])
        #expect(router.calls.count == 2)
        #expect(Set(router.calls.map(\.document)).count == 1)
        await #expect(throws: SwarmError(.tooFewMembers, "")) {
            try await client.revokeSubaccounts(tokens, of: Self.account, credential: Self.credential, quorum: .all)
        }
        #expect(try await pool.serviceNodes().count == 8)
    }

    @Test func getExpiries() async throws {
        let body: JSONValue = ["expiries": [Self.hashes[0].text: 5, Self.hashes[1].text: "x", "other": 7]]
        let expiries = try await client(body.bytes).getExpiries(
            Self.hashes, of: Self.account, credential: Self.credential)
        #expect(expiries == [Self.hashes[0]: Timestamp(milliseconds: 5)])
    }

    @Test func revokedSubaccounts() async throws {
        let group = AccountID(prefix: .group, key: FakeNetwork.owner.publicKey.bytes)
        let token = SubaccountToken(.group, [.read], for: FakeNetwork.owner.publicKey)
        let body: JSONValue = ["revoked_subaccounts": [.string(Base64.encode(token.bytes))]]
        #expect(try await client(body.bytes).revokedSubaccounts(of: group, credential: Self.credential) == [token])
        let older = RecordingRouter { _, _, _ in (400, Array("no method revoked_subaccounts".utf8)) }
        #expect(
            try await SwarmClient.over(older).revokedSubaccounts(of: group, credential: Self.credential) == nil)
    }

    // MARK: Several calls

    private func sequence(_ body: JSONValue) async throws -> SequenceAnswer<String> {
        try await client(body.bytes).sequence([
            StorageCall.delete(Self.hashes, of: Self.account, credential: Self.credential).map { _ in "deleted" },
            StorageCall.getExpiries(Self.hashes, of: Self.account, credential: Self.credential).map { "\($0.count)" },
        ])
    }

    private func deleted() throws -> JSONValue {
        let text = SignedText.confirmedDelete(Self.account, requested: Self.hashes, deleted: [])
        let body = FakeStorage.answer(by: Self.members, ["deleted": []], signing: text)
        return FakeStorage.result(200, try JSONValue(json: body))
    }

    @Test func wholeSequence() async throws {
        let body: JSONValue = ["results": [try deleted(), FakeStorage.result(200, ["expiries": [:]])]]
        let answer = try await sequence(body)
        #expect(answer.isComplete)
        #expect(try answer.answers() == ["deleted", "0"])
    }

    @Test func stoppedSequence() async throws {
        let one: JSONValue = ["results": [try deleted(), FakeStorage.result(401, "no")]]
        let answer = try await sequence(one)
        #expect(!answer.isComplete)
        #expect(throws: SwarmError(.unauthorised, "")) { try answer.answers() }
        await #expect(throws: SwarmError(.unauthorised, "")) {
            try await sequence(["results": [FakeStorage.result(401, "no")]])
        }
    }

    @Test func sequenceThatEndsWithoutReason() async throws {
        let body: JSONValue = ["results": [try deleted()]]
        await #expect(throws: SwarmError(.malformedAnswer, "")) { try await sequence(body) }
        await #expect(throws: SwarmError(.malformedAnswer, "")) { try await sequence(["results": []]) }
    }

    /// All parts say 421: the whole went to the wrong node.
    @Test func misdirectedSequence() async throws {
        let other = FakeNetwork.nodes.filter { !Self.members.map(\.key).contains($0.key) }
        let redirect = FakeStorage.swarm(5, other)
        let text = SignedText.confirmedDelete(Self.account, requested: Self.hashes, deleted: [])
        let deleted = FakeStorage.answer(by: other, ["deleted": []], signing: text)
        let router = RecordingRouter { node, _, _ in
            let part =
                Self.members.map(\.key).contains(node.key)
                ? FakeStorage.result(421, redirect) : FakeStorage.result(200, try JSONValue(json: deleted))
            return (200, FakeStorage.batch([part, part]))
        }
        let call = StorageCall.delete(Self.hashes, of: Self.account, credential: Self.credential)
        let answers = try await SwarmClient.over(router).batch([call, call])
        #expect(answers.count == 2)
        #expect(router.calls.count == 2)
    }

    @Test func callsAreAboutOneAccount() async {
        let calls = [Self.account, FakeNetwork.account].map {
            StorageCall.delete(Self.hashes, of: $0, credential: Self.credential)
        }
        for calls in [calls, []] {
            await #expect(throws: SwarmError(.invalidRequest, "")) { try await client([]).batch(calls) }
        }
    }
}
