import SessionInterfaces
import SessionSwarm
import Testing

@testable import SessionDevnet

@Suite struct SeedTests {
    @Test(arguments: ["get_n_service_nodes", "get_service_nodes", "get_all_service_nodes"])
    func listsEveryNodeWithTheFieldsAskedFor(method: String) async throws {
        try await Fixture.run { fixture in
            let reply = try await fixture.seed(
                #"{"jsonrpc":"2.0","id":"7","method":"\#(method)","params":{"active_only":true,"#
                    + #""fields":{"public_ip":true,"storage_port":true,"pubkey_ed25519":true,"swarm_id":true,"height":true}}}"#
            )
            #expect(reply.status == 200)
            #expect(reply.members["id"] == "7")
            let result = try #require(reply.members["result"]?.object)
            #expect(Set(result.keys) == ["height", "service_node_states", "status"])
            let states = try #require(result["service_node_states"]?.array)
            #expect(states.count == 9)
            for (state, node) in zip(states, fixture.nodes) {
                let expected: JSONValue = [
                    "public_ip": "127.0.0.1", "storage_port": .integer(Int64(node.httpsPort)),
                    "pubkey_ed25519": .string(node.ed25519Key.hex), "swarm_id": JSONValue(node.swarmID.rawValue),
                ]
                #expect(state == expected)
            }
        }
    }

    @Test func fieldsMayBeAListWithExclusions() async throws {
        try await Fixture.run { fixture in
            let all = try await fixture.seed(#"{"method":"get_service_nodes"}"#)
            let some = try await fixture.seed(
                #"{"method":"get_service_nodes","params":{"fields":["all","-swarm","-height"]}}"#)
            func keys(_ reply: Reply) -> (Set<String>, Set<String>) {
                let result = reply.members["result"]?.object ?? [:]
                return (
                    Set(result.keys), Set(result["service_node_states"]?.array?.first?.object?.keys.map { $0 } ?? [])
                )
            }
            #expect(keys(some).0 == keys(all).0.subtracting(["height"]))
            #expect(keys(some).1 == keys(all).1.subtracting(["swarm"]))
            #expect(keys(all).1.isSuperset(of: ["service_node_pubkey", "pubkey_x25519", "storage_lmq_port", "swarm"]))
        }
    }

    @Test func anUnchangedChainIsNotListedAgain() async throws {
        try await Fixture.run { fixture in
            let first = try await fixture.seed(#"{"method":"get_service_nodes","params":{"fields":["block_hash"]}}"#)
            let hash = try #require(first.members["result"]?.object?["block_hash"]?.string)
            func poll() async throws -> [String: JSONValue] {
                try await fixture.seed(
                    #"{"method":"get_service_nodes","params":{"fields":["height"],"poll_block_hash":"\#(hash)"}}"#
                ).members["result"]?.object ?? [:]
            }
            let unchanged = try await poll()
            #expect(unchanged["unchanged"] == true)
            #expect(unchanged["service_node_states"] == nil)
            try await fixture.devnet.register(name: "alice", for: .sample)
            let changed = try await poll()
            #expect(changed["unchanged"] == false)
            #expect(changed["service_node_states"]?.array?.count == 9)
        }
    }

    @Test func malformedQuestionsGetTheDaemonsErrors() async throws {
        try await Fixture.run { fixture in
            for (question, code) in [
                ("{", -32700), ("[]", -32600), (#"{"method":5}"#, -32600), (#"{"method":"mine"}"#, -32601),
                (#"{"method":"ons_resolve","params":{"name_hash":"x"}}"#, -32602),
                (#"{"method":"ons_resolve","params":{"type":6,"name_hash":"x"}}"#, -1),
                (#"{"method":"ons_resolve","params":{"type":0,"name_hash":"x"}}"#, -1),
            ] {
                let reply = try await fixture.seed(question)
                #expect(reply.status == 200)
                #expect(reply.members["error"]?.object?["code"]?.integer == Int64(code), "\(question)")
            }
        }
    }
}

extension AccountID {
    static let sample = AccountID(prefix: .standard, key: Bytes32(Array(repeating: 7, count: 32)) ?? Bytes32())
}
