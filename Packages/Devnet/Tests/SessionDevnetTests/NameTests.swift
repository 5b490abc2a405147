import SessionCrypto
import SessionInterfaces
import Testing

@testable import SessionDevnet

@Suite struct NameTests {
    @Test func everyNodeAndTheSeedResolveARegisteredName() async throws {
        try await Fixture.run { fixture in
            try await fixture.devnet.register(name: "Alice", for: .sample)
            let hash = NameRecordCipher.nameHash("alice")
            let spellings = [Base64.encode(hash.bytes), Base64.encode(hash.bytes, padded: false), hash.hex]
            for (node, spelling) in zip(fixture.nodes, spellings) {
                let reply = try await fixture.resolve(spelling, at: node)
                let result = try #require(reply.members["result"]?.object)
                let value = try #require(result["encrypted_value"]?.string.flatMap(Hex.decode))
                let nonce = try #require(result["nonce"]?.string.flatMap(Hex.decode))
                #expect(try NameRecordCipher.open(value, nonce: nonce, name: "alice") == AccountID.sample.bytes)
                let direct = try await fixture.seed(
                    #"{"method":"ons_resolve","params":{"type":0,"name_hash":"\#(spelling)"}}"#)
                #expect(direct.members["result"]?.object == result)
            }
        }
    }

    @Test func anUnregisteredNameHasNoRecord() async throws {
        try await Fixture.run { fixture in
            let reply = try await fixture.resolve(String(repeating: "00", count: 32), at: fixture.nodes[0])
            #expect(reply.status == 200)
            #expect(reply.members["result"] == [:])
            let refused = try await fixture.resolve("x", at: fixture.nodes[0])
            #expect(refused.status == 400)
        }
    }

    @Test(arguments: ["", "-x", "a b", "über.x"])
    func aNameThatBreaksTheRulesIsNotRegistered(name: String) async throws {
        try await Fixture.run { fixture in
            await #expect(throws: NameError(.invalidName, "")) {
                try await fixture.devnet.register(name: name, for: .sample)
            }
        }
    }
}

extension Fixture {
    fileprivate func resolve(_ hash: String, at node: ServiceNode) async throws -> Reply {
        try await call(
            node, "oxend_request", ["endpoint": "ons_resolve", "params": ["type": 0, "name_hash": .string(hash)]])
    }
}
