import SessionCrypto
import SessionInterfaces
import SessionSwarm
import Testing

@Suite struct RetrieveTests {
    static let account = FakeNetwork.ownedAccount()
    static let credential = SwarmCredential.owner(FakeNetwork.owner)

    private func retrieve(
        _ router: RecordingRouter, _ namespaces: [Namespace] = [.messages], pool: NodePool = .filled(),
        since: @Sendable (Ed25519PublicKey, Namespace) async throws -> MessageHash? = { _, _ in nil }
    ) async throws -> RetrieveAnswer {
        try await SwarmClient.over(router, pool: pool).retrieve(
            Self.account, namespaces, credential: Self.credential, since: since)
    }

    private func entry(_ data: [UInt8], in namespace: Namespace = .messages, hash: String? = nil) -> JSONValue {
        FakeStorage.entry(data, for: Self.account, in: namespace, hash: hash)
    }

    @Test func oneBatchForAllNamespaces() async throws {
        let namespaces: [Namespace] = [.messages, .userProfile, .contacts, .userGroups, .conversationVolatile]
        let router = RecordingRouter { _, _, _ in
            (
                200,
                FakeStorage.batch(
                    namespaces.map { namespace in
                        let data = Array("in \(namespace.rawValue)".utf8)
                        return FakeStorage.messages(
                            [FakeStorage.entry(data, for: Self.account, in: namespace)],
                            more: namespace == .messages ? 1 : false)
                    })
            )
        }
        let cursor = MessageHash.of(account: Self.account, namespace: .contacts, data: [9])
        let answer = try await retrieve(router, namespaces) { _, namespace in
            namespace == .contacts ? cursor : nil
        }
        #expect(router.calls.count == 1)
        #expect(answer.node == router.calls[0].node)
        #expect(answer.path == [answer.node])
        #expect(answer.batches.map(\.namespace) == namespaces)
        #expect(answer.batches.map(\.more) == [true, false, false, false, false])
        #expect(answer.batches[2].messages.map(\.data) == [Array("in 3".utf8)])

        let requests = try #require(
            try JSONValue(parsing: router.calls[0].document)["params"]?["requests"]?.array?.map { $0["params"] })
        #expect(requests.map { $0?["max_size"]?.integer } == [-2, -8, -8, -8, -8])
        #expect(requests.map { $0?["last_hash"]?.string } == ["", "", cursor.text, "", ""])
        for (namespace, parameters) in zip(namespaces, requests) {
            let signature = try #require(parameters?["signature"]?.string.flatMap { Base64.decode($0) })
            let text = SignedText.retrieve(namespace, at: FakeNetwork.now)
            #expect(Ed25519.verify(signature, of: text.bytes, by: FakeNetwork.owner.publicKey))
        }
    }

    /// What is not what its hash says is left out and counted; the node may go on from its last entry nevertheless.
    @Test func forgedMessagesAreRejected() async throws {
        let last = MessageHash.of(account: Self.account, namespace: .messages, data: [77])
        let entries: [JSONValue] = [
            entry([1]), entry([2], hash: last.text), entry([3], in: .userGroups), entry([4], hash: "short"),
            ["hash": 5], .null, entry([6]),
            FakeStorage.entry([7], for: Self.account, timestamp: .integer(.max)),
            FakeStorage.entry([8], for: Self.account, expiration: -1),
            FakeStorage.entry([9], for: Self.account, timestamp: "1700000000000"),
            FakeStorage.entry([UInt8](repeating: 1, count: 76_801), for: Self.account),
            ["hash": .string(last.text), "timestamp": 1, "expiration": 1_701_209_600_000, "data": "no base64!"],
        ]
        let router = RecordingRouter { _, _, _ in (200, FakeStorage.batch([FakeStorage.messages(entries)])) }
        let batch = try #require(try await retrieve(router).batches.first)
        #expect(batch.messages.map(\.data) == [[1], [6]])
        // The entry of another namespace is misfiled, not forged.
        #expect(batch.rejected == entries.count - 2 - 1)
        #expect(batch.cursor == .init(hash: last, expiry: Timestamp(milliseconds: 1_701_209_600_000)))
    }

    @Test func lyingCostsANodeItsPlace() async throws {
        let pool = NodePool.filled()
        let forged = entry([2], hash: MessageHash.of(account: Self.account, namespace: .messages, data: [3]).text)
        let router = RecordingRouter { _, _, _ in (200, FakeStorage.batch([FakeStorage.messages([forged])])) }
        let client = SwarmClient.over(router, pool: pool)
        for _ in 0..<9 {
            _ = try await client.retrieve(Self.account, [.messages], credential: Self.credential) { _, _ in nil }
        }
        #expect(try await pool.serviceNodes().count < 8)
    }

    /// Of another namespace than 0 nothing is misfiled: it is forged.
    @Test func misfilingIsKnownInNamespaceZeroOnly() async throws {
        let router = RecordingRouter { _, _, _ in
            (200, FakeStorage.batch([FakeStorage.messages([entry([3], in: .userGroups)])]))
        }
        #expect(try await retrieve(router, [.contacts]).batches.first?.rejected == 1)
    }

    @Test func refusalsInPartsAreReported() async throws {
        let router = RecordingRouter { _, _, _ in
            (
                200,
                FakeStorage.batch([
                    FakeStorage.messages([entry([1])]),
                    ["code": 401, "body": "retrieve signature verification failed"],
                    ["code": 200, "body": ["messages": 7]],
                ])
            )
        }
        let answer = try await retrieve(router, [.messages, .contacts, .userGroups])
        #expect(answer.batches.map(\.namespace) == [.messages])
        #expect(answer.refusals[.contacts]?.code == .unauthorised)
        #expect(answer.refusals[.contacts]?.status == 401)
        #expect(answer.refusals[.userGroups]?.code == .malformedAnswer)
    }

    @Test func refusalOfEverythingThrows() async throws {
        let router = RecordingRouter { _, _, _ in
            (200, FakeStorage.batch([["code": 406, "body": "Timestamp error: check your clock"]]))
        }
        let error = await #expect(throws: SwarmError.self) { try await retrieve(router) }
        #expect(error?.code == .clockSkew)
        #expect(error?.status == 406)
        #expect(router.calls.count == 1)
    }

    /// A batch at the wrong node succeeds as a whole, and fails in every part.
    @Test func misdirectionInParts() async throws {
        let pool = NodePool.filled()
        let swarm = try await pool.swarm(of: Self.account)
        let others = FakeNetwork.nodes.filter { $0.node.swarmID != swarm.id }
        let description = FakeStorage.swarm(others[0].node.swarmID.rawValue, others)
        let router = RecordingRouter { _, _, number in
            let part: JSONValue =
                number == 0 ? ["code": 421, "body": description] : FakeStorage.messages([entry([1])])
            return (200, FakeStorage.batch([part, part]))
        }
        let answer = try await retrieve(router, [.messages, .contacts], pool: pool)
        #expect(others.map(\.node).contains(answer.node))
        #expect(router.calls.count == 2)
    }

    /// Each node has an order of its own, so each attempt begins where that node was left.
    @Test func cursorsBelongToNodes() async throws {
        let router = RecordingRouter { _, _, number in
            number == 0 ? (500, []) : (200, FakeStorage.batch([FakeStorage.messages([])]))
        }
        _ = try await retrieve(router) { node, namespace in
            .of(account: Self.account, namespace: namespace, data: node.bytes.bytes)
        }
        #expect(router.calls.count == 2)
        for call in router.calls {
            let parameters = try JSONValue(parsing: call.document)["params"]?["requests"]?.array?.first?["params"]
            let expected = MessageHash.of(
                account: Self.account, namespace: .messages, data: call.node.ed25519Key.bytes.bytes)
            #expect(parameters?["last_hash"]?.string == expected.text)
        }
    }

    @Test(arguments: [
        "", "{}", "[]", #"{"results":[]}"#, #"{"results":[{},{}]}"#, #"{"results":[{"code":200}]}"#,
        #"{"results":[{"code":1e99,"body":{}}]}"#, #"{"results":[{"code":200,"body":"text"}]}"#,
        #"{"results":[{"code":99999999999999999999,"body":{}}]}"#,
    ])
    func malformedAnswers(body: String) async {
        let router = RecordingRouter { _, _, _ in (200, Array(body.utf8)) }
        await #expect(throws: SwarmError(.malformedAnswer, "")) { try await retrieve(router) }
        #expect(router.calls.count == 3)
    }

    @Test(arguments: [[], [.messages, .messages], (1...21).map { Namespace(rawValue: $0) }] as [[Namespace]])
    func unaskableNamespaces(namespaces: [Namespace]) async {
        let router = RecordingRouter { _, _, _ in (500, []) }
        await #expect(throws: SwarmError(.invalidRequest, "")) { try await retrieve(router, namespaces) }
        #expect(router.calls.isEmpty)
    }

    @Test func errorsOfTheCursorAreTheCallers() async {
        struct Broken: Error {}
        let router = RecordingRouter { _, _, _ in (500, []) }
        await #expect(throws: Broken.self) { try await retrieve(router) { _, _ in throw Broken() } }
    }

    @Test func oxendRequest() async throws {
        let router = RecordingRouter { _, _, _ in
            (200, Array(#"{"result":{"swarm_id":18446744073709551615},"t":1,"hf":[19,4]}"#.utf8))
        }
        let node = FakeNetwork.nodes[6].node
        let answer = try await SwarmClient.over(router).oxendRequest(
            .resolveName, parameters: ["type": 0, "name_hash": "x"], at: node)
        #expect(answer["swarm_id"] == .unsigned(.max))
        #expect(router.calls.map(\.node) == [node])
        #expect(
            String(decoding: router.calls[0].document, as: UTF8.self)
                == #"{"method":"oxend_request","params":{"endpoint":"ons_resolve","params":{"name_hash":"x","type":0}}}"#
        )
        await #expect(throws: SwarmError(.refused, "")) {
            try await SwarmClient.over(RecordingRouter { _, _, _ in (400, Array("Unknown oxend error".utf8)) })
                .oxendRequest(.resolveName, at: node)
        }
        await #expect(throws: SwarmError(.wrongSwarm, "")) {
            try await SwarmClient.over(RecordingRouter { _, _, _ in (421, []) }).oxendRequest(.resolveName, at: node)
        }
    }
}
