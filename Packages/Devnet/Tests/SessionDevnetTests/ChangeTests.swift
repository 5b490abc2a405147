import SessionCrypto
import SessionInterfaces
import SessionSwarm
import Testing

@testable import SessionDevnet

/// Calls that change what is stored; their answers in full are among the transcripts of real servers.
@Suite(.timeLimit(.minutes(2))) struct ChangeTests {
    private let keys = AccountKeys.generate(from: CryptoRandom())

    private func signed(_ text: String, _ more: [String: JSONValue]) -> [String: JSONValue] {
        more.merging([
            "pubkey": .string(keys.accountID.hex), "pubkey_ed25519": .string(keys.ed25519.publicKey.hex),
            "signature": .string(Base64.encode(keys.ed25519.sign(Array(text.utf8)))),
        ]) { $1 }
    }

    @Test func deletingBeforeAMomentInAllNamespacesIsDoneAndThenFails() async throws {
        try await Fixture.run { fixture in
            let (members, _) = try await fixture.swarm(of: keys.accountID)
            let now = fixture.now
            _ = try await fixture.call(members[0], "store", Calls.store([1], for: keys.accountID, at: now))
            let parameters = signed("delete_beforeall\(now)", ["before": .integer(now), "namespace": "all"])
            #expect(try await fixture.call(members[0], "delete_before", parameters).status == 500)
            for member in members {
                let found = try await fixture.call(member, "retrieve", Calls.retrieve(keys, at: now))
                #expect(found.messages.isEmpty)
            }
            let again = try await fixture.call(members[0], "delete_before", parameters)
            #expect(again.status == 200)
            #expect(again.swarm[members[1].ed25519Key.hex]?["deleted"] == [:])
        }
    }

    @Test func newerServersIgnoreExtensionsOfLessThanAHundredth() async throws {
        try await Fixture.run { fixture in
            let (members, _) = try await fixture.swarm(of: keys.accountID)
            let now = fixture.now
            let stored = try await fixture.call(
                members[0], "store", Calls.store([1], for: keys.accountID, at: now, lifetime: 1_000_000))
            let hash = try #require(stored.members["hash"]?.string)
            for (extra, isUpdated) in [(9_999, false), (10_000, true)] as [(Int64, Bool)] {
                let expiry = now + 1_000_000 + extra
                let parameters = signed(
                    "expireextend\(expiry)\(hash)",
                    ["messages": .string(hash), "expiry": .integer(expiry), "extend": true])
                let reply = try await fixture.call(members[0], "expire", parameters)
                let part = try #require(reply.swarm[members[1].ed25519Key.hex])
                #expect(part["updated"]?.array?.count == (isUpdated ? 1 : 0))
                #expect(part["unchanged"]?.object?.isEmpty == isUpdated)
            }
        }
    }

    @Test func newerMethodsAreThoseOfNewerServers() async throws {
        for (version, status) in [(ServiceNode.Version(2, 8, 0), 400), (.init(2, 11, 0), 200)] {
            var settings = DevnetSettings()
            settings.version = version
            try await Fixture.run(settings) { fixture in
                let reply = try await fixture.call(fixture.nodes[0], "active_nodes_bin", [:])
                #expect(reply.status == status)
                if status == 200 {
                    #expect(reply.body.count == 51 * fixture.nodes.count)
                    #expect(reply.body.starts(with: fixture.nodes[0].ed25519Key.bytes.bytes))
                } else {
                    #expect(reply.text == "no method active_nodes_bin")
                }
            }
        }
    }

    @Test func aRevokedTokenIsRefusedAndListed() async throws {
        try await Fixture.run { fixture in
            let group = Ed25519KeyPair.generate(from: CryptoRandom())
            let account = AccountID(prefix: .group, key: group.publicKey.bytes)
            let member = Ed25519KeyPair.generate(from: CryptoRandom())
            let token = [3, 3, 0, 0] + member.publicKey.bytes.bytes
            let (members, _) = try await fixture.swarm(of: account)
            let now = fixture.now
            func store() async throws -> Int {
                let parameters = Calls.store([1], for: account, at: now).merging([
                    "namespace": 11, "subaccount": .string(Base64.encode(token)),
                    "subaccount_sig": .string(Base64.encode(group.sign(token))),
                    "signature": .string(Base64.encode(member.sign(Array("store11\(now)".utf8)))),
                ]) { $1 }
                return try await fixture.call(members[0], "store", parameters).status
            }
            func signed(_ text: [UInt8], _ more: [String: JSONValue]) -> [String: JSONValue] {
                more.merging([
                    "pubkey": .string(account.hex), "timestamp": .integer(now),
                    "signature": .string(Base64.encode(group.sign(text))),
                ]) { $1 }
            }
            #expect(try await store() == 200)
            let revocation = signed(
                Array("revoke_subaccount\(now)".utf8) + token, ["revoke": .string(Base64.encode(token))])
            #expect(try await fixture.call(members[1], "revoke_subaccount", revocation).status == 200)
            #expect(try await store() == 401)
            let list = try await fixture.call(
                members[2], "revoked_subaccounts", signed(Array("revoked_subaccounts\(now)".utf8), [:]))
            #expect(list.members["revoked_subaccounts"] == [.string(Base64.encode(token))])
            let reversal = signed(
                Array("unrevoke_subaccount\(now)".utf8) + token, ["unrevoke": .string(Hex.encode(token))])
            let reply = try await fixture.call(members[0], "unrevoke_subaccount", reversal)
            #expect(reply.swarm[members[1].ed25519Key.hex]?["count"] == 1)
            #expect(try await store() == 200)
        }
    }

    @Test func aConditionChoosesTheCall() async throws {
        try await Fixture.run { fixture in
            func reply(_ condition: JSONValue) async throws -> [String: JSONValue] {
                try await fixture.call(
                    fixture.nodes[0], "ifelse",
                    ["if": condition, "then": ["method": "info", "params": [:]]]
                ).members
            }
            for (text, holds) in [
                (#"{"v_at_least":[2,11]}"#, true), (#"{"v_at_least":[2,11,1]}"#, false), (#"{"v_before":[3]}"#, true),
                (#"{"hf_at_least":[21,0],"hf_before":[21,1]}"#, true), (#"{"height_at_least":0}"#, true),
                (#"{"height_before":1}"#, false),
            ] {
                let condition = try #require(JSONValue(decoding: Array(text.utf8)))
                let members = try await reply(condition)
                #expect(members["condition"] == .bool(holds), "\(text)")
                #expect((members["result"] != nil) == holds, "\(text)")
            }
        }
    }

    @Test func nestingHarmsNothing() async throws {
        try await Fixture.run { fixture in
            for depth in [10, 100, 1_000_000] {
                let lists = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
                let body = #"{"method":"info","params":{"x":\#(lists)}}"#
                let reply = try await fixture.post(Array(body.utf8), to: fixture.nodes[0])
                #expect(reply.status == 200)
            }
        }
    }
}
