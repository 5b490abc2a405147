import HTTPTypes
import HummingbirdCore
import NIOCore

/// Turns what arrives on a connection into calls, and answers into responses.
struct HTTPService: Sendable {
    /// Value of the `Server` header.
    let serverName: String
    /// Bytes of the largest body that is read at a path.
    let bodyLimit: @Sendable (_ path: String) -> Int
    /// Nil ends the connection without an answer.
    let answer: @Sendable (HTTPCall) async -> HTTPAnswer?

    func respond(to request: Request, writer: consuming ResponseWriter, channel: any Channel) async throws {
        guard var answer = try await self.answer(to: request, channel: channel) else {
            try await channel.close()
            throw ConnectionDropped()
        }
        answer.headers[.server] = serverName
        answer.headers[.contentLength] = String(answer.body.count)
        let head = HTTPResponse(status: .init(code: answer.status), headerFields: answer.headers)
        try await writer.write(response: head, body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    }

    private func answer(to request: Request, channel: any Channel) async throws -> HTTPAnswer? {
        guard request.head.authority?.isEmpty == false else { return .withoutHost }
        let path = request.head.path ?? ""
        let limit = bodyLimit(path)
        let tooLarge = HTTPAnswer.text(413, "Payload Too Large")
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit { return tooLarge }
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: limit)
        } catch is NIOTooManyBytesError {
            return tooLarge
        }
        return await answer(
            HTTPCall(
                method: request.method, path: path, headers: request.headers,
                body: Array(body.readableBytesView), clientAddress: channel.remoteAddress?.ipAddress ?? "unknown"))
    }
}

/// The service wants this connection to end.
private struct ConnectionDropped: Error {}

extension HTTPAnswer {
    /// To a request that does not name a host.
    fileprivate static let withoutHost = HTTPAnswer(
        status: 400, contentType: "text/html",
        body: Array("<h1>Bad Request</h1><hr><i>uWebSockets/20 Server</i>".utf8))
}
