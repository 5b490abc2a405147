import NIOCore
import NIOPosix
import NIOSSL

/// An HTTPS server on 127.0.0.1 that answers every request with the number of its connection.
final class TLSServer: Sendable {
    /// Connections on which at least one request came.
    let connections = Counter()
    let requests = Counter()
    private let channel: any Channel

    init(_ identity: ServerIdentity, closesConnections: Bool = false) async throws {
        let certificate = try NIOSSLCertificate(bytes: Array(identity.certificate.utf8), format: .pem)
        let key = try NIOSSLPrivateKey(bytes: Array(identity.privateKey.utf8), format: .pem)
        let context = try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: [.certificate(certificate)], privateKey: .privateKey(key)))
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { [connections, requests] channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(NIOSSLServerHandler(context: context))
                    try pipeline.addHandler(Answering(connections, requests, closes: closesConnections))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    deinit { channel.close(promise: nil) }

    var port: Int { channel.localAddress?.port ?? 0 }

    private final class Answering: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let connections: Counter
        private let requests: Counter
        private let closes: Bool
        private var number: Int?
        private var received: [UInt8] = []

        init(_ connections: Counter, _ requests: Counter, closes: Bool) {
            self.connections = connections
            self.requests = requests
            self.closes = closes
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            received += unwrapInboundIn(data).readableBytesView
            guard received.suffix(4).elementsEqual("\r\n\r\n".utf8) else { return }
            received = []
            requests.increment()
            let number = self.number ?? connections.increment()
            self.number = number
            let fields = closes ? "Connection: close\r\n" : ""
            let answer = "HTTP/1.1 200 OK\r\n\(fields)Content-Length: \(String(number).utf8.count)\r\n\r\n\(number)"
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer)), promise: nil)
            if closes { context.close(promise: nil) }
        }

        /// Clients that refuse the certificate leave with an alert; that is theirs to judge.
        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}
