import SessionInterfaces
import Testing

@testable import SessionSwarm

@Suite struct ActiveNodesTests {
    private static let nodes = FakeNetwork.nodes.map(\.node)

    @Test func roundTrip() throws {
        let bytes = ActiveNodes.encode(Self.nodes)
        #expect(bytes.count == 51 * 8)
        #expect(try ActiveNodes.decode(bytes) == Self.nodes)
        #expect(try ActiveNodes.decode(bytes + bytes) == Self.nodes)
        #expect(try ActiveNodes.decode([]) == [])
    }

    @Test(arguments: [1, 50, 52, 407])
    func partsOfRecordsAreRefused(count: Int) {
        #expect(throws: SwarmError(.malformedAnswer, "")) {
            try ActiveNodes.decode(Array(ActiveNodes.encode(Self.nodes)[..<count]))
        }
    }

    @Test func uselessRecordsAreLeftOut() throws {
        var bytes = ActiveNodes.encode(Self.nodes)
        for offset in 40..<44 { bytes[offset] = 0 }
        for offset in 46..<48 { bytes[51 + offset] = 0 }
        // No point of the curve.
        for offset in 0..<32 { bytes[102 + offset] = 0xff }
        #expect(try ActiveNodes.decode(bytes) == Array(Self.nodes[3...]))
    }

    @Test func endlessListsAreRefused() {
        #expect(throws: SwarmError(.malformedAnswer, "")) {
            try ActiveNodes.decode([UInt8](repeating: 1, count: 51 * 20_001))
        }
    }

    @Test func rawAndBase64Answers() async throws {
        let bytes = ActiveNodes.encode(Self.nodes)
        let text = Array(Base64.encode(bytes).utf8)
        for body in [bytes, text, [0x22] + text + [0x22]] {
            let router = RecordingRouter { _, document, _ in
                #expect(document["method"] == "active_nodes_bin")
                return (200, body)
            }
            #expect(try await SwarmClient.over(router).activeNodes(accordingTo: Self.nodes[0]) == Self.nodes)
        }
    }

    @Test func olderNodesDoNotKnowIt() async throws {
        let router = RecordingRouter { _, _, _ in (400, Array("no method active_nodes_bin".utf8)) }
        let error = await #expect(throws: SwarmError.self) {
            try await SwarmClient.over(router).activeNodes(accordingTo: Self.nodes[0])
        }
        #expect(error?.isUnknownMethod == true)
    }

    @Test func lines() {
        for node in Self.nodes { #expect(NodeLine.decode(NodeLine.encode(node)) == node) }
        let line = NodeLine.encode(Self.nodes[0])
        let damaged = [
            "", line + "|", String(line.dropFirst()), line.replacing("2.11.0", with: "0.0.0"),
            line.replacing("2.11.0", with: "2.11"), line.replacing("22021", with: "99999"),
            line.replacing("10.0.1.1", with: "10.0.1"), line + "0000000000",
        ]
        for line in damaged { #expect(NodeLine.decode(line) == nil, "\(line)") }
    }
}
