import FoundationEssentials
import SessionDevnet
import SessionInterfaces
import SessionMessenger
import SessionSwarm
import Testing

/// Many messages while nodes die and return at random: all delivered, none twice.
@Suite(.serialized) struct StormTests {
    /// `SESSION_STORM_MESSAGES` sets another number.
    private static let messageCount =
        ProcessInfo.processInfo.environment["SESSION_STORM_MESSAGES"].flatMap { Int($0) } ?? 400
    private static let writers = 4
    private static let inFlight = 4

    @Test func everythingArrivesOnce() async throws {
        var settings = DevnetSettings.quick
        // Faults pass soon, and what a reader fetches in the end is large.
        settings.relayTimeout = .seconds(30)
        try await withDevnet(settings) { devnet, network in
            let reader = try Station(on: network, timeLimit: .seconds(30))
            let storm = Task { try await rage(over: devnet) }
            let shares = (0..<Self.writers).map { writer in
                stride(from: writer, to: Self.messageCount, by: Self.writers).map { "\($0)" }
            }
            try await withThrowingTaskGroup { group in
                for share in shares { group.addTask { try await send(share, to: reader.id, over: network) } }
                try await group.waitForAll()
            }
            storm.cancel()
            _ = await storm.result
            try await devnet.clearFaults()

            var texts: [String] = []
            // A member that was down has missed messages for good; another one has them.
            for _ in 0..<20 where texts.count < Self.messageCount { texts += try await reader.receiveAll().map(\.text) }
            #expect(texts.count == Self.messageCount)
            #expect(Set(texts) == Set((0..<Self.messageCount).map { "\($0)" }))
            await reader.close()
        }
    }

    /// Lets a quarter of the nodes fail in changing ways until cancelled.
    private func rage(over devnet: Devnet) async throws {
        let nodes = try await devnet.nodes.map(\.ed25519Key)
        let kinds: [NodeFault.Kind] = [.down, .silent, .notReady, .unknownToOthers, .lostAnswers, .wrongSignature]
        while !Task.isCancelled {
            for node in nodes.shuffled().prefix(nodes.count / 4) {
                if let kind = kinds.randomElement() { try await devnet.setFault(NodeFault(kind), for: node) }
            }
            try await Task.sleep(for: .milliseconds(400))
            try await devnet.clearFaults()
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    /// Sends each text, several at once, and repeats what fails under the same key.
    private func send(_ texts: [String], to reader: AccountID, over network: Network) async throws {
        let station = try Station(on: network, timeLimit: .seconds(5))
        try await withThrowingTaskGroup { group in
            for lane in 0..<Self.inFlight {
                let own = stride(from: lane, to: texts.count, by: Self.inFlight).map { texts[$0] }
                group.addTask {
                    for text in own { try await station.sendWithPatience(text, to: reader) }
                }
            }
            try await group.waitForAll()
        }
        await station.close()
    }
}

extension Station {
    /// Repeats what fails for the network's sake, under one key, as a script with `send --id` would.
    fileprivate func sendWithPatience(_ text: String, to recipient: AccountID) async throws {
        for attempt in 1...50 {
            do {
                return try await messenger.acknowledge(try await messenger.send(text, to: recipient, key: text))
            } catch  where attempt < 50 && (error is RouterError || error is SwarmError) {
                try await Task.sleep(for: .milliseconds(200))
            }
        }
    }
}
