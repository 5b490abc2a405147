import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import SessionInterfaces

/// One HTTP listener, over TLS or plain, that can be closed and opened again.
actor Listener {
    /// How long requests under way may take to finish once the listener closes.
    private static let grace = Duration.milliseconds(300)
    /// Service nodes close idle connections after about ten seconds (protocol document 02, section 6.1).
    private static let idleTimeout = TimeAmount.seconds(10)

    private let address: IPv4Address
    private let tls: TLSConfiguration?
    private let service: HTTPService
    private var running: Running?

    private struct Running {
        let task: Task<Void, any Error>
        let connections: OpenConnections
        let shutDown: @Sendable () async throws -> Void
    }

    init(address: IPv4Address, tls: TLSConfiguration?, service: HTTPService) {
        self.address = address
        self.tls = tls
        self.service = service
    }

    /// Binds `port` and begins to answer. Does nothing when open already.
    /// - Throws: `DevnetError(.portUnavailable)`.
    func open(port: UInt16) async throws {
        guard running == nil else { return }
        let service = service
        let channel = HTTP1Channel(
            responder: { try await service.respond(to: $0, writer: $1, channel: $2) },
            configuration: .init(idleTimeout: Self.idleTimeout))
        if let tls {
            try await launch(TLSChannel(channel, tlsConfiguration: tls), port: port)
        } else {
            try await launch(channel, port: port)
        }
    }

    /// Closes the socket and every connection; requests under way get a moment to finish.
    func close() async {
        guard let ending = running else { return }
        running = nil
        let shutDown = Task { try await ending.shutDown() }
        let deadline = Task {
            try await Task.sleep(for: Self.grace)
            ending.connections.closeAll()
            ending.task.cancel()
        }
        _ = await ending.task.result
        deadline.cancel()
        _ = await shutDown.result
    }

    private func launch(_ channel: some ServerChildChannel, port: UInt16) async throws {
        let connections = OpenConnections()
        let (bound, continuation) = AsyncThrowingStream<Void, any Error>.makeStream()
        let server = Server(
            childChannelSetup: CountedChannel(base: channel, connections: connections),
            configuration: ServerConfiguration(address: .hostname(address.description, port: Int(port))),
            onServerRunning: { _ in continuation.yield() },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: Self.silentLogger)
        let task = Task {
            do {
                try await server.run()
                continuation.finish()
            } catch {
                continuation.finish(throwing: error)
                throw error
            }
        }
        running = Running(task: task, connections: connections) { try await server.shutdownGracefully() }
        do {
            for try await _ in bound { return }
        } catch {
            running = nil
            throw DevnetError(.portUnavailable, "port \(port) of \(address) cannot be opened", underlying: error)
        }
    }

    /// Whoever calls learns of failures by errors; what strangers send is no news.
    private static let silentLogger = Logger(label: "SessionDevnet") { _ in SwiftLogNoOpLogHandler() }
}
