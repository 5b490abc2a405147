import NIOCore
import NIOPosix

/// A server on 127.0.0.1 that answers nobody until as many requests as expected have arrived, then each with its path.
final class GatheringServer: Sendable {
    let arrivals = Counter()
    private let channel: any Channel

    init(expecting count: Int) async throws {
        let everyoneIsHere = Signal()
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 2048)
            .childChannelInitializer { [arrivals] channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        Answering(everyoneIsHere) { if arrivals.increment() == count { everyoneIsHere.raise() } })
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    deinit { channel.close(promise: nil) }

    var authority: String { "127.0.0.1:\(channel.localAddress?.port ?? 0)" }

    private final class Answering: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let everyoneIsHere: Signal
        private let arrive: @Sendable () -> Void
        private var received = ""

        init(_ everyoneIsHere: Signal, arrive: @escaping @Sendable () -> Void) {
            self.everyoneIsHere = everyoneIsHere
            self.arrive = arrive
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            received += String(buffer: unwrapInboundIn(data))
            guard received.hasSuffix("\r\n\r\n"), let path = received.split(separator: " ").dropFirst().first else {
                return
            }
            let answer = ByteBuffer(string: "HTTP/1.1 200 OK\r\nContent-Length: \(path.utf8.count)\r\n\r\n\(path)")
            received = ""
            arrive()
            Task { [channel = context.channel, everyoneIsHere] in
                await everyoneIsHere.wait()
                try await channel.writeAndFlush(answer)
            }
        }
    }
}
