public import SessionInterfaces

extension SwarmClient {
    /// Nodes that are asked for the time at once.
    private static let timeWitnesses = 3

    /// Sets the clock by what three random nodes say, if it is one that can be set.
    /// Follows protocol document 02, section 5.6.
    /// - Returns: `.failed` for any other clock.
    /// - Throws: `RouterError(.noPath)` when no node is known, or `CancellationError`.
    @discardableResult
    public func synchroniseClock() async throws -> ClockSynchronisation {
        guard let clock = clock as? any AdjustableClock else { return .failed }
        return try await clock.synchronise { try await self.readClocks() }
    }

    private func readClocks() async throws -> [ClockReading] {
        var generator = random.generator
        let nodes = try await pool.serviceNodes().shuffled(using: &generator).prefix(Self.timeWitnesses)
        let readings = await withTaskGroup(of: ClockReading?.self) { group in
            for node in nodes {
                group.addTask {
                    guard let (info, trip) = try? await self.timedInfo(of: node) else { return nil }
                    return ClockReading(
                        node: node.ed25519Key, time: info.time, sentAt: trip.sentAt, receivedAt: trip.receivedAt)
                }
            }
            return await group.reduce(into: [ClockReading]()) { readings, reading in
                if let reading { readings.append(reading) }
            }
        }
        try Task.checkCancellation()
        return readings
    }

    /// Takes note of the time that came with an answer. The parts of a batch bear their own.
    func observe(_ answer: JSONValue, of node: ServiceNode, sentAt: ContinuousClock.Instant) {
        guard let clock = clock as? any AdjustableClock,
            let time = Timestamp(plausible: answer["t"] ?? answer["results"]?.array?.first?["body"]?["t"])
        else { return }
        clock.observe(ClockReading(node: node.ed25519Key, time: time, sentAt: sentAt, receivedAt: .now))
    }
}
