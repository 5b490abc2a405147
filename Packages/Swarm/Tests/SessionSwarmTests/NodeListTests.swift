import SessionInterfaces
import Testing

@testable import SessionSwarm

@Suite struct NodeListTests {
    private func nodes(_ records: [JSONValue]) throws -> [ServiceNode] {
        try NodeList.nodes(in: (["result": ["service_node_states": .array(records)]] as JSONValue).bytes)
    }

    private func changed(_ member: String, to value: JSONValue?) -> JSONValue {
        guard case .object(var members) = FakeNetwork.nodes[0].record else { return .null }
        members[member] = value
        return .object(members)
    }

    @Test func readsEveryField() throws {
        #expect(try nodes(FakeNetwork.nodes.map(\.record)) == FakeNetwork.nodes.map(\.node))
    }

    /// A record that is of no use is lost, and it alone.
    @Test(
        arguments: [
            ("public_ip", nil), ("public_ip", "0.0.0.0"), ("public_ip", "::1"), ("public_ip", 17),
            ("storage_port", nil), ("storage_port", 0), ("storage_port", 65536), ("storage_port", -1),
            ("storage_port", "22021"), ("storage_port", .number(1e300)),
            ("pubkey_ed25519", nil), ("pubkey_ed25519", ""), ("pubkey_ed25519", "zz"), ("pubkey_ed25519", .null),
            // No point of the curve's main subgroup.
            ("pubkey_ed25519", "0100000000000000000000000000000000000000000000000000000000000000"),
            ("pubkey_x25519", nil), ("pubkey_x25519", []),
            // The twin of another key.
            ("pubkey_x25519", .string(FakeNetwork.nodes[2].node.x25519Key.hex)),
            ("swarm_id", .number(1.5)), ("swarm_id", -1), ("swarm_id", "5"),
        ] as [(String, JSONValue?)])
    func dropsUselessRecords(member: String, value: JSONValue?) throws {
        #expect(try nodes([changed(member, to: value), FakeNetwork.nodes[1].record]) == [FakeNetwork.nodes[1].node])
    }

    @Test(
        arguments: [
            ("storage_server_version", nil), ("storage_server_version", [1, 2]), ("storage_server_version", "2.8.0"),
            ("storage_server_version", [2, -8, 0]), ("storage_lmq_port", nil), ("swarm_id", nil), ("unknown", [[:]]),
        ] as [(String, JSONValue?)])
    func toleratesTheRest(member: String, value: JSONValue?) throws {
        let node = try #require(try nodes([changed(member, to: value)]).first)
        #expect(node.ed25519Key == FakeNetwork.nodes[0].key)
        if member == "swarm_id" { #expect(node.swarmID == .unassigned) }
    }

    @Test func eachNodeOnce() throws {
        let records = [FakeNetwork.nodes[0].record, changed("public_ip", to: "9.9.9.9"), FakeNetwork.nodes[0].record]
        #expect(try nodes(records) == [FakeNetwork.nodes[0].node])
    }

    static let hostile: [String] = [
        "", "null", "[]", "{}", "7", #"{"result":{}}"#, #"{"result":{"service_node_states":{}}}"#,
        #"{"result":{"service_node_states":[]}}"#, #"{"result":{"service_node_states":[1,null,[],{}]}}"#,
        #"{"result":{"service_node_states":[1e999999]}}"#, #"{"error":{"code":-32601}}"#, "\u{0}", "{\"result\":",
        String(repeating: "[", count: 100_000), String(repeating: #"{"result":"#, count: 100_000),
        #"{"result":{"service_node_states":["# + String(repeating: "[", count: 400)
            + String(repeating: "]", count: 400) + "]}}",
    ]

    @Test(arguments: hostile.indices)
    func survivesAnything(index: Int) {
        #expect(throws: SwarmError(.malformedAnswer, "")) {
            try NodeList.nodes(in: Array(Self.hostile[index].utf8))
        }
    }

    @Test func boundedCount() {
        let body = #"{"result":{"service_node_states":["# + String(repeating: "0,", count: 20_000) + "0]}}"
        #expect(throws: SwarmError(.malformedAnswer, "")) { try NodeList.nodes(in: Array(body.utf8)) }
    }

    @Test func consensusNeedsTwoEqualDescriptions() {
        let all = FakeNetwork.nodes.map(\.node)
        let moved = ServiceNode(
            ed25519Key: all[0].ed25519Key, x25519Key: all[0].x25519Key, address: IPv4Address("9.9.9.9")!,
            httpsPort: 1, omqPort: 1, version: all[0].version, swarmID: all[0].swarmID)
        let stranger = FakeNode(200, swarm: 5).node
        let agreed = NodeConsensus.nodes(
            of: [[moved] + all[1...] + [stranger], Array(all[..<5]), Array(all[..<6])], presence: 2)
        #expect(Set(agreed) == Set(all[..<6]))
    }
}
