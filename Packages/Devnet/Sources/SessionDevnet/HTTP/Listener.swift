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
    private let address: IPv4Address
    private let tls: TLSConfiguration?
    private let service: HTTPService
    private let idleTimeout: Duration
    private var opening: Task<RunningServer, any Error>?
    private var isRetired = false

    init(address: IPv4Address, tls: TLSConfiguration?, service: HTTPService, idleTimeout: Duration = .seconds(10)) {
        self.idleTimeout = idleTimeout
        self.address = address
        self.tls = tls
        self.service = service
    }

    /// Binds `port` and begins to answer. Does nothing when open already.
    /// - Throws: `DevnetError(.portUnavailable)`; `DevnetError(.notRunning)` once retired.
    func open(port: UInt16) async throws {
        guard !isRetired else { throw DevnetError(.notRunning, "the devnet was stopped") }
        let task = opening ?? Task { try await launch(port: port) }
        opening = task
        do {
            _ = try await task.value
        } catch {
            if opening == task { opening = nil }
            throw DevnetError(.portUnavailable, "port \(port) of \(address) cannot be opened", underlying: error)
        }
    }

    /// Closes the socket and every connection; requests under way get a moment to finish.
    func close() async {
        guard let task = opening else { return }
        opening = nil
        await (try? task.value)?.stop(grace: Self.grace)
    }

    /// Closes for good: it cannot be opened again, not even by who is just about to.
    func retire() async {
        isRetired = true
        await close()
    }

    private func launch(port: UInt16) async throws -> RunningServer {
        let service = service
        let channel = HTTP1Channel(
            responder: { try await service.respond(to: $0, writer: $1, channel: $2) },
            configuration: .init(idleTimeout: .milliseconds(idleTimeout.milliseconds)))
        if let tls { return try await launch(TLSChannel(channel, tlsConfiguration: tls), port: port) }
        return try await launch(channel, port: port)
    }

    private func launch(_ channel: some ServerChildChannel, port: UInt16) async throws -> RunningServer {
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
            }
        }
        for try await _ in bound { break }
        return RunningServer(task: task, connections: connections) { try await server.shutdownGracefully() }
    }

    /// Whoever calls learns of failures by errors; what strangers send is no news.
    private static let silentLogger = Logger(label: "SessionDevnet") { _ in SwiftLogNoOpLogHandler() }
}

/// A server that has bound its port.
private struct RunningServer: Sendable {
    let task: Task<Void, Never>
    let connections: OpenConnections
    let shutDown: @Sendable () async throws -> Void

    /// Lets requests under way finish within `grace`, and cuts off the others.
    func stop(grace: Duration) async {
        let shuttingDown = Task { try await shutDown() }
        let deadline = Task {
            try await Task.sleep(for: grace)
            connections.closeAll()
            task.cancel()
        }
        await task.value
        deadline.cancel()
        _ = await shuttingDown.result
    }
}
