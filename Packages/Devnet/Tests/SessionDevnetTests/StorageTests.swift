import SessionCrypto
import SessionInterfaces
import SessionSwarm
import Testing

@testable import SessionDevnet

@Suite struct StorageTests {
    private let keys = AccountKeys.generate(from: CryptoRandom())

    @Test func aStoredMessageIsAtEveryMemberAndSignedByEach() async throws {
        try await Fixture.run { fixture in
            let (members, others) = try await fixture.swarm(of: keys.accountID)
            #expect(members.count == 3)
            #expect(others.count == 6)
            let sentAt = fixture.now
            let stored = try await fixture.call(
                members[0], "store", Calls.store([1, 2, 3], for: keys.accountID, at: sentAt))
            let hash = try #require(stored.members["hash"]?.string)
            #expect(stored.status == 200)
            #expect(Set(stored.swarm.keys) == Set(members.map(\.ed25519Key.hex)))
            for member in members {
                let part = try #require(stored.swarm[member.ed25519Key.hex])
                let signature = try #require(part["signature"]?.string.flatMap(Base64.decode))
                #expect(Ed25519.verify(signature, of: Array(hash.utf8), by: member.ed25519Key))
                #expect(part["hash"]?.string == hash)
                #expect(part["expiry"]?.integer == sentAt + 86_400_000)
                #expect(part["already"] == nil)
                #expect((part["t"] != nil) == (member == members[0]))
                let found = try await fixture.call(member, "retrieve", Calls.retrieve(keys, at: fixture.now))
                #expect(found.messages == [[1, 2, 3]])
                #expect(found.members["more"] == false)
            }
        }
    }

    @Test func theSameMessageIsKeptOnceAndItsLifeOnlyGrows() async throws {
        try await Fixture.run { fixture in
            let (members, _) = try await fixture.swarm(of: keys.accountID)
            let sentAt = fixture.now
            for (lifetime, expected) in [(20_000, 20_000), (60_000, 60_000), (30_000, 60_000)] as [(Int64, Int64)] {
                let reply = try await fixture.call(
                    members[1], "store", Calls.store([9], for: keys.accountID, at: sentAt, lifetime: lifetime))
                for (key, part) in reply.swarm {
                    #expect(part["expiry"]?.integer == sentAt + expected)
                    let flag: JSONValue = key == members[1].ed25519Key.hex ? true : 1
                    #expect(part["already"] == (lifetime == 20_000 ? nil : flag))
                }
            }
            let found = try await fixture.call(members[0], "retrieve", Calls.retrieve(keys, at: fixture.now))
            #expect(found.messages.count == 1)
        }
    }

    @Test func anotherSwarmAnswersWithTheRightOne() async throws {
        try await Fixture.run { fixture in
            let (members, others) = try await fixture.swarm(of: keys.accountID)
            for parameters in [
                ("store", Calls.store([1], for: keys.accountID, at: fixture.now)),
                ("retrieve", Calls.retrieve(keys, at: fixture.now)),
            ] {
                let reply = try await fixture.call(others[0], parameters.0, parameters.1)
                #expect(reply.status == 421)
                #expect(reply.members["pubkey"]?.string == keys.accountID.hex)
                #expect(reply.members["swarm"]?.string == members[0].swarmID.hex)
                let listed = reply.members["snodes"]?.array?.compactMap { $0.object?["pubkey_ed25519"]?.string } ?? []
                #expect(Set(listed) == Set(members.map(\.ed25519Key.hex)))
            }
        }
    }

    @Test func messagesComeInOrderOfArrivalAndInPortions() async throws {
        try await Fixture.run { fixture in
            let (members, _) = try await fixture.swarm(of: keys.accountID)
            for number in UInt8(0)..<5 {
                // Later messages carry earlier times: arrival decides.
                let sentAt = fixture.now - Int64(number) * 1000
                _ = try await fixture.call(
                    members[0], "store", Calls.store([number], for: keys.accountID, at: sentAt))
            }
            func retrieve(_ more: [String: JSONValue]) async throws -> Reply {
                try await fixture.call(members[2], "retrieve", Calls.retrieve(keys, at: fixture.now, more))
            }
            let first = try await retrieve(["max_count": 2])
            #expect(first.messages == [[0], [1]])
            #expect(first.members["more"] == true)
            let last = try #require(first.members["messages"]?.array?.last?.object?["hash"])
            let second = try await retrieve(["last_hash": last])
            #expect(second.messages == [[2], [3], [4]])
            #expect(second.members["more"] == false)
            #expect(try await retrieve(["max_size": 1]).messages == [[0]])
            #expect(try await retrieve(["max_size": -1]).messages.count == 5)
            #expect(try await retrieve(["last_hash": .string(String(repeating: "A", count: 43))]).messages.count == 5)
            #expect(try await retrieve(["max_size": .integer(.min), "max_count": .integer(.max)]).messages.count == 1)
        }
    }

    @Test func aPrivateNamespaceNeedsTheOwnersSignature() async throws {
        try await Fixture.run { fixture in
            let (members, _) = try await fixture.swarm(of: keys.accountID)
            let stranger = AccountKeys.generate(from: CryptoRandom())
            let signed = Calls.store([4], by: keys, in: .userProfile, at: fixture.now)
            #expect(try await fixture.call(members[0], "store", signed).status == 200)

            let unsigned = signed.filter { $0.key != "signature" }
            let refused = try await fixture.call(members[0], "store", unsigned)
            #expect(refused.status == 401)
            #expect(refused.text == "store: signature required to store to namespace 2")

            let forged = signed.merging(
                Calls.store([4], by: stranger, in: .userProfile, at: fixture.now).filter { $0.key != "pubkey" }
            ) { $1 }
            #expect(try await fixture.call(members[0], "store", forged).text == "store signature verification failed")

            let stale = Calls.store([4], by: keys, in: .userProfile, at: fixture.now - 61_000)
            let late = try await fixture.call(members[0], "store", stale)
            #expect(late.status == 406)
            #expect(late.text == "store signature timestamp too far from current time")

            let mine = Calls.retrieve(keys, .userProfile, at: fixture.now)
            #expect(try await fixture.call(members[1], "retrieve", mine).messages == [[4]])
            let other = mine.merging(["namespace": 3]) { $1 }
            #expect(try await fixture.call(members[1], "retrieve", other).status == 401)
        }
    }

    @Test func aGroupSignsWithItsOwnKeyAndItsMembersWithTokens() async throws {
        try await Fixture.run { fixture in
            let group = Ed25519KeyPair.generate(from: CryptoRandom())
            let member = Ed25519KeyPair.generate(from: CryptoRandom())
            let account = AccountID(prefix: .group, key: group.publicKey.bytes)
            let (members, _) = try await fixture.swarm(of: account)
            func store(_ flags: UInt8, at now: Int64) -> [String: JSONValue] {
                let token = [0x03, flags, 0, 0] + member.publicKey.bytes.bytes
                let signature = member.sign(Array("store11\(now)".utf8))
                return Calls.store([flags], for: account, at: now).merging([
                    "namespace": 11, "signature": .string(Base64.encode(signature)),
                    "subaccount": .string(Hex.encode(token)),
                    "subaccount_sig": .string(Base64.encode(group.sign(token))),
                ]) { $1 }
            }
            #expect(try await fixture.call(members[0], "store", store(3, at: fixture.now)).status == 200)
            #expect(try await fixture.call(members[0], "store", store(1, at: fixture.now)).status == 401)

            let now = fixture.now
            let read: [String: JSONValue] = [
                "pubkey": .string(account.hex), "namespace": 11, "timestamp": .integer(now),
                "signature": .string(Base64.encode(group.sign(Array("retrieve11\(now)".utf8)))),
            ]
            #expect(try await fixture.call(members[1], "retrieve", read).messages == [[3]])
        }
    }

    @Test func aPublicOutboxHoldsOneMessageThatAnyoneMayRead() async throws {
        try await Fixture.run { fixture in
            let (members, _) = try await fixture.swarm(of: keys.accountID)
            let outbox = Namespace(rawValue: -21)
            for data in [[1], [2]] as [[UInt8]] {
                let parameters = Calls.store(data, by: keys, in: outbox, at: fixture.now)
                #expect(try await fixture.call(members[0], "store", parameters).status == 200)
            }
            let reading: [String: JSONValue] = ["pubkey": .string(keys.accountID.hex), "namespace": -21]
            #expect(try await fixture.call(members[0], "retrieve", reading).messages == [[2]])
        }
    }

    @Test func expiredMessagesGoWithTheCleanUp() async throws {
        let clock = FixedClock(Timestamp(milliseconds: 1_800_000_000_000))
        try await Fixture.run(clock: clock) { fixture in
            let (members, _) = try await fixture.swarm(of: keys.accountID)
            for (data, lifetime) in [([1], 10_000), ([2], 30_000)] as [([UInt8], Int64)] {
                _ = try await fixture.call(
                    members[0], "store", Calls.store(data, for: keys.accountID, at: fixture.now, lifetime: lifetime))
            }
            clock.advance(by: .milliseconds(9_999))
            try await fixture.devnet.removeExpiredMessages()
            #expect(
                try await fixture.call(members[0], "retrieve", Calls.retrieve(keys, at: fixture.now)).messages.count
                    == 2)
            clock.advance(by: .milliseconds(1))
            #expect(
                try await fixture.call(members[0], "retrieve", Calls.retrieve(keys, at: fixture.now)).messages.count
                    == 2)
            try await fixture.devnet.removeExpiredMessages()
            #expect(
                try await fixture.call(members[0], "retrieve", Calls.retrieve(keys, at: fixture.now)).messages == [[2]])
        }
    }

    @Test func aBatchAnswersEachPartAndASequenceStopsAtTheFirstFailure() async throws {
        try await Fixture.run { fixture in
            let (members, _) = try await fixture.swarm(of: keys.accountID)
            func part(_ method: String, _ parameters: [String: JSONValue]) -> JSONValue {
                ["method": .string(method), "params": .object(parameters)]
            }
            let parts: JSONValue = [
                part("store", Calls.store([1], for: keys.accountID, at: fixture.now)),
                part("retrieve", ["pubkey": .string(keys.accountID.hex)]),
                part("info", [:]),
            ]
            func codes(_ method: String) async throws -> [Int64?] {
                let reply = try await fixture.call(members[0], method, ["requests": parts])
                return reply.members["results"]?.array?.map { $0.object?["code"]?.integer } ?? []
            }
            #expect(try await codes("batch") == [200, 401, 200])
            #expect(try await codes("sequence") == [200, 401])
        }
    }
}
