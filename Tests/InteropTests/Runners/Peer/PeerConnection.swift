import NIOCore
import NIOPosix
import NIOSSL
import NIOTLS
import SessionInterfaces
import SessionSwarm
import Synchronization
import Testing

@testable import SessionDevnet

/// What is said below HTTP: a handshake, an idle connection, a request without a host.
struct PeerConnection {
    let stage: PeerStage

    private struct Outcome {
        let received: [UInt8]
        let certificate: [UInt8]
        let version: TLSVersion?
    }

    func replay(_ request: JSONValue, _ response: JSONValue) async throws -> [String] {
        if response["certificate"] != nil {
            let outcome = try await connect(sending: "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            let names = ["localhost", "Oxen", "AU"].filter { !outcome.certificate.contains(Array($0.utf8)) }
            let isNewest = response["version"] == "TLSv1.3"
            // The identifier of a subject alternative name, which the certificate does not have.
            let hasAlternatives = outcome.certificate.contains([0x55, 0x1d, 0x11])
            return names.map { "the certificate does not name \($0)" }
                + (hasAlternatives ? ["the certificate has alternative names"] : [])
                + (isNewest && outcome.version != .tlsv13 ? ["TLS is not 1.3"] : [])
        }
        if let expected = response["raw_prefix"]?.string {
            let outcome = try await connect(
                sending: "POST /storage_rpc/v1 HTTP/1.1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
            let received = String(decoding: outcome.received, as: UTF8.self)
            let line = expected.prefix { $0 != "\r\n" }
            let body = expected.split(separator: "\r\n\r\n").last ?? ""
            return received.hasPrefix(line) && received.hasSuffix(body) ? [] : ["the answer is \(received)"]
        }
        // With a request and without one, the connection ends by itself.
        for text in ["GET / HTTP/1.1\r\nHost: x\r\n\r\n", ""] { _ = try await connect(sending: text) }
        return []
    }

    /// Sends `text` and waits until the node closes the connection.
    private func connect(sending text: String) async throws -> Outcome {
        let node = try await stage.node(at: nil)
        let endpoint = try #require(try await stage.devnet.running.context.chain.listing(of: node.key)?.endpoint)
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .none
        let context = try NIOSSLContext(configuration: configuration)
        let collector = Collector(text)
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        NIOSSLClientHandler(context: context, serverHostname: nil))
                    try channel.pipeline.syncOperations.addHandler(collector)
                }
            }
            .connect(host: endpoint.address.description, port: Int(endpoint.port)).get()
        try await channel.closeFuture.get()
        return collector.state.withLock {
            Outcome(received: $0.received, certificate: $0.certificate, version: $0.version)
        }
    }

    /// Sends its text once the handshake is done, and keeps what comes.
    private final class Collector: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        struct State {
            var received: [UInt8] = []
            var certificate: [UInt8] = []
            var version: TLSVersion?
        }

        let state = Mutex(State())
        private let text: String

        init(_ text: String) { self.text = text }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if case TLSUserEvent.handshakeCompleted = event {
                if let handler = try? context.pipeline.syncOperations.handler(type: NIOSSLClientHandler.self) {
                    state.withLock {
                        $0.certificate = (try? handler.peerCertificate?.toDERBytes()) ?? []
                        $0.version = handler.tlsVersion
                    }
                }
                if !text.isEmpty {
                    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
                }
            }
            context.fireUserInboundEventTriggered(event)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let bytes = Array(unwrapInboundIn(data).readableBytesView)
            state.withLock { $0.received += bytes }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }
    }
}

extension [UInt8] {
    fileprivate func contains(_ part: [UInt8]) -> Bool { firstRange(of: part) != nil }
}
