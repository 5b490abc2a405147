import SessionCrypto
import SessionInterfaces
import Testing

@testable import SessionSwarm

/// Every answer of real swarm members is understood, and every signature in it is right.
@Suite struct RecordedAnswerTests {
    static let members = [
        "61ba61c719cf298b41db4abb2cf4bf832b453f7cf83f93e065b7197908d74de8",
        "7091248d25229df0846c16ae94d5c7814a2cc44f2bbea9ff9efe7027417f4695",
        "63e3ea53a64b91b6ac1f329910a6fba04a73e995edff6314a428b40a16b7c4ee",
    ]
    static let credential = SwarmCredential.owner(FakeNetwork.owner)

    private struct Recording {
        let account: AccountID
        let parameters: JSONValue
        let answer: JSONValue
        let origin: AnswerOrigin

        init(_ name: String) throws {
            let (request, answer) = try #require(RecordedAnswers.all[name])
            parameters = try #require(try JSONValue(json: Array(request.utf8))["params"])
            account = try AccountID(try #require(parameters["pubkey"]?.string))
            self.answer = try JSONValue(json: Array(answer.utf8))
            let nodes = try RecordedAnswerTests.members.map { hex in
                let key = try #require(Ed25519PublicKey(hex: hex))
                return ServiceNode(
                    ed25519Key: key, x25519Key: try Ed25519.x25519PublicKey(of: key),
                    address: IPv4Address(value: 1), httpsPort: 1, omqPort: 1, version: .init(2, 8, 0),
                    swarmID: SwarmID(rawValue: 0x2000_0000_0000_0000))
            }
            origin = AnswerOrigin(
                swarm: Swarm(id: nodes[0].swarmID, members: nodes), path: [],
                signedAt: Timestamp(milliseconds: parameters["timestamp"]?.integer ?? 0))
        }

        func hashes(_ name: String = "messages") throws -> [MessageHash] {
            try #require(parameters[name]?.array).map { try #require($0.string.flatMap { MessageHash($0) }) }
        }

        func moment(_ name: String) throws -> Timestamp {
            Timestamp(milliseconds: try #require(parameters[name]?.integer))
        }

        var scope: SignedText.Scope {
            if parameters["namespace"]?.string == "all" { return .all }
            let number = parameters["namespace"]?.integer.flatMap { Int16(exactly: $0) } ?? 0
            return .namespace(Namespace(rawValue: number))
        }

        func tokens(_ name: String) throws -> [SubaccountToken] {
            let list = parameters[name]?.array ?? [parameters[name] ?? .null]
            return try list.map { try #require($0.string.flatMap { SubaccountToken(text: $0) }) }
        }

        func read<Answer>(_ call: StorageCall<Answer>) throws -> Answer { try call.answer(answer, origin) }
    }

    @Test(arguments: [("store-ok", 3, false), ("store-duplicate", 3, true), ("store-member-down", 2, false)])
    func store(name: String, confirmed: Int, wasThere: Bool) throws {
        let recording = try Recording(name)
        let data = try #require(recording.parameters["data"]?.string.flatMap { Base64.decode($0) })
        let item = StorageItem(
            account: recording.account, namespace: .messages, data: data, timestamp: try recording.moment("timestamp"),
            timeToLive: .days(1))
        let receipt = try recording.read(.store(item))
        #expect(receipt.confirmed.count == confirmed)
        #expect(receipt.failed.count == 3 - confirmed)
        #expect(receipt.wasThere == wasThere)
    }

    @Test(arguments: [("delete-ok", 1), ("delete-again", 0), ("messages-duplicate", 1)])
    func delete(name: String, deleted: Int) throws {
        let recording = try Recording(name)
        let answer = try recording.read(
            .delete(try recording.hashes(), of: recording.account, credential: Self.credential, quorum: .all))
        #expect(answer.confirmed.values.allSatisfy { $0.hashes.count == deleted })
    }

    @Test(arguments: [("delete-all-ns5", 1, 0), ("delete-all-all", 4, 2)])
    func deleteAll(name: String, deleted: Int, namespaces: Int) throws {
        let recording = try Recording(name)
        let answer = try recording.read(
            .deleteAll(recording.scope, of: recording.account, credential: Self.credential, quorum: .all))
        #expect(answer.confirmed.values.allSatisfy { $0.hashes.count == deleted })
        #expect(answer.confirmed.values.allSatisfy { $0.byNamespace.count == namespaces })
    }

    @Test func deleteBefore() throws {
        let recording = try Recording("delete-before")
        let answer = try recording.read(
            .deleteBefore(
                try recording.moment("before"), in: .messages, of: recording.account, credential: Self.credential,
                quorum: .all))
        #expect(answer.confirmed.count == 3)
    }

    @Test func expireAll() throws {
        let recording = try Recording("expire-all")
        let answer = try recording.read(
            .expireAll(
                recording.scope, of: recording.account, at: try recording.moment("expiry"),
                credential: Self.credential, quorum: .all))
        #expect(answer.confirmed.values.allSatisfy { $0.hashes.count == 4 })
    }

    @Test(arguments: [("expire-set", 2, 0), ("expire-extend-noop", 0, 1), ("expire-multi", 2, 0)])
    func expire(name: String, updated: Int, unchanged: Int) throws {
        let recording = try Recording(name)
        let answer = try recording.read(
            .expire(
                try recording.hashes(), of: recording.account, at: [FakeNetwork.now], .extend,
                credential: Self.credential, quorum: .all))
        for outcome in answer.confirmed.values {
            #expect(outcome.updated.count == updated)
            #expect(outcome.unchanged.count == unchanged)
            #expect(outcome.gone.count == (try recording.hashes().count) - updated - unchanged)
        }
    }

    @Test func revocation() throws {
        let revoked = try Recording("revoke-ok")
        let tokens = try revoked.tokens("revoke")
        let answer = try revoked.read(
            .revokeSubaccounts(tokens, of: revoked.account, credential: Self.credential, quorum: .all))
        #expect(answer.confirmed.values.allSatisfy { $0.count == nil })
        let unrevoked = try Recording("unrevoke-ok")
        let other = try unrevoked.read(
            .unrevokeSubaccounts(
                try unrevoked.tokens("unrevoke"), of: unrevoked.account, credential: Self.credential, quorum: .all))
        #expect(other.confirmed.values.allSatisfy { $0.count != nil })
    }

    /// One wrong bit anywhere in a signature, or another request, and nobody has confirmed anything.
    @Test func anotherRequestIsNotConfirmed() throws {
        let recording = try Recording("delete-ok")
        let call = StorageCall.delete(
            try recording.hashes() + [StoreTests.item.hash], of: recording.account, credential: Self.credential)
        #expect(throws: SwarmError(.unverified, "")) { try recording.read(call) }
    }
}
