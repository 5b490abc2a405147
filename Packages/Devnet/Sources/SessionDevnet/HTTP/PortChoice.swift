import SessionInterfaces

/// The port of a listener: a certain one, or one that is free.
enum PortChoice: Hashable, Sendable {
    case certain(UInt16)
    case free

    /// Below the range from which systems take ports for outgoing connections: no such connection can occupy the port
    /// of a node that is down for a while.
    private static let freeRange: Range<UInt16> = 20_000..<32_000
    private static let attempts = 200

    /// Opens `listener`; returns its port.
    /// - Throws: `DevnetError(.portUnavailable)`.
    func open(_ listener: Listener, random: any RandomSource) async throws -> UInt16 {
        switch self {
        case .certain(let port):
            try await listener.open(port: port)
            return port
        case .free:
            var generator = random.generator
            for _ in 1..<Self.attempts {
                let port = UInt16.random(in: Self.freeRange, using: &generator)
                if (try? await listener.open(port: port)) != nil { return port }
            }
            let port = UInt16.random(in: Self.freeRange, using: &generator)
            try await listener.open(port: port)
            return port
        }
    }
}
