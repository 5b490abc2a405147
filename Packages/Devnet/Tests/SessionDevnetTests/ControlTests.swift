import HTTPTypes
import SessionInterfaces
import SessionSwarm
import Testing

@testable import SessionDevnet

@Suite(.timeLimit(.minutes(1))) struct ControlTests {
    @Test func anotherProcessSteersByTheFile() async throws {
        try await Fixture.run { fixture in
            let file = try await fixture.devnet.descriptor().encoded()
            let control = try DevnetControl(DevnetDescriptor(decoding: file), transport: fixture.transport)
            let node = fixture.nodes[0]
            let status = try await control.setFault(
                .slow(.milliseconds(5)), for: String(node.ed25519Key.hex.prefix(12)))
            #expect(status.nodes.first { $0.key == node.ed25519Key }?.faults == [.slow(.milliseconds(5))])
            #expect(try await control.status() == status)
            #expect(try await control.clearFaults().nodes.allSatisfy(\.faults.isEmpty))
            let moved = try await control.moveNode(node.ed25519Key.hex, to: SwarmID(rawValue: 77))
            #expect(moved.nodes.first { $0.key == node.ed25519Key }?.swarmID == SwarmID(rawValue: 77))
            await #expect(throws: DevnetError(.unknownNode, "")) {
                try await control.setFault(.down, for: "zz")
            }
        }
    }

    @Test func nobodySteersWithoutTheToken() async throws {
        try await Fixture.run { fixture in
            var descriptor = try await fixture.devnet.descriptor()
            let url = try #require(descriptor.control?.url)
            descriptor.control = .init(url: url, token: String(repeating: "0", count: 64))
            let control = try DevnetControl(descriptor, transport: fixture.transport)
            await #expect(throws: DevnetError.self) { try await control.status() }
            descriptor.control = nil
            #expect(throws: DevnetError(.invalidDescriptor, "")) {
                try DevnetControl(descriptor, transport: fixture.transport)
            }
        }
    }
}
