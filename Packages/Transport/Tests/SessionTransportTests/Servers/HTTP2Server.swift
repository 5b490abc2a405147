import NIOCore
import NIOHPACK
import NIOHTTP2
import NIOPosix
import NIOSSL

/// An HTTPS server on 127.0.0.1 that speaks HTTP/2 alone and plays a script for each complete request.
final class HTTP2Server: Sendable {
    typealias Script = @Sendable (HTTP2Exchange) -> Void

    let connections = Counter()
    let requests = Counter()
    private let channel: any Channel

    init(_ identity: ServerIdentity, _ script: @escaping Script) async throws {
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: [
                .certificate(try NIOSSLCertificate(bytes: Array(identity.certificate.utf8), format: .pem))
            ],
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(identity.privateKey.utf8), format: .pem)))
        tls.applicationProtocols = ["h2"]
        let context = try NIOSSLContext(configuration: tls)
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { [connections, requests] channel in
                channel.eventLoop.makeCompletedFuture {
                    connections.increment()
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(NIOSSLServerHandler(context: context))
                    _ = try pipeline.configureHTTP2Pipeline(
                        mode: .server, connectionConfiguration: .init(), streamConfiguration: .init()
                    ) { stream in
                        stream.eventLoop.makeCompletedFuture {
                            try stream.pipeline.syncOperations.addHandler(Playing(script, requests))
                        }
                    }
                    try pipeline.addHandler(Silencing())
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    deinit { channel.close(promise: nil) }

    var authority: String { "localhost:\(channel.localAddress?.port ?? 0)" }

    private final class Playing: ChannelInboundHandler {
        typealias InboundIn = HTTP2Frame.FramePayload

        private let script: Script
        private let requests: Counter
        private var path = ""
        private var bodySize = 0

        init(_ script: @escaping Script, _ requests: Counter) {
            self.script = script
            self.requests = requests
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let isComplete: Bool
            switch unwrapInboundIn(data) {
            case .headers(let frame):
                path = frame.headers.first(name: ":path") ?? ""
                isComplete = frame.endStream
            case .data(let frame):
                bodySize += frame.data.readableBytes
                isComplete = frame.endStream
            default: return
            }
            guard isComplete else { return }
            requests.increment()
            script(HTTP2Exchange(stream: context.channel, path: path, bodySize: bodySize))
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }

    /// Clients that refuse the certificate leave with an alert; that is theirs to judge.
    private final class Silencing: ChannelInboundHandler {
        typealias InboundIn = Any

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}

/// One request and the stream for its answer.
struct HTTP2Exchange: Sendable {
    let stream: any Channel
    let path: String
    let bodySize: Int

    func answer(_ text: String) {
        head()
        body(text, isLast: true)
    }

    func head(_ fields: [(String, String)] = []) {
        write(.headers(.init(headers: HPACKHeaders([(":status", "200")] + fields))))
    }

    func body(_ text: String, isLast: Bool) {
        write(.data(.init(data: .byteBuffer(ByteBuffer(string: text)), endStream: isLast)))
    }

    func reset(_ code: HTTP2ErrorCode) { write(.rstStream(code)) }

    func closeConnection() { stream.parent?.close(promise: nil) }

    private func write(_ frame: HTTP2Frame.FramePayload) { stream.writeAndFlush(frame, promise: nil) }
}
