import HTTPTypes
import SessionInterfaces
import SessionTransport
import Testing

/// What goes over the wire and what comes back.
@Suite struct CurlExchangeTests {
    private static let empty = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"

    /// Sends `request` to a server that gives `answer`, and returns what each side got.
    private func exchange(
        answer: String = empty, userAgent: String = "", _ request: (String) -> TransportRequest
    ) async throws -> (ReceivedRequest, TransportResponse) {
        let received = Record<ReceivedRequest>()
        let server = try ScriptedServer { connection, _ in
            guard let request = connection.readRequest() else { return }
            received.append(request)
            connection.write(answer)
        }
        let transport = try CurlTransport(.init(userAgent: userAgent))
        let response = try await transport.send(request(server.authority))
        await transport.shutdown()
        return (try #require(received.all.first), response)
    }

    @Test func carriesHeadAndBodyBothWays() async throws {
        let answer = "HTTP/1.1 418 I am a teapot\r\nX-Tea: green\r\nX-Tea: black\r\nContent-Length: 3\r\n\r\npot"
        let (request, response) = try await exchange(answer: answer) {
            let fields: HTTPFields = [.contentType: "text/plain", .origin: ""]
            return plain($0, .post, path: "/a/../b?c=%20", fields: fields, body: Array("tea".utf8))
        }
        #expect(request.line == "POST /a/../b?c=%20 HTTP/1.1")
        #expect(request.body == Array("tea".utf8))
        #expect(Set(request.fields.map(\.name)) == ["host", "content-type", "content-length", "origin"])
        #expect(request["content-type"] == "text/plain")
        #expect(request["origin"] == "")
        #expect(response.head.status.code == 418)
        #expect(response.head.status.reasonPhrase == "I am a teapot")
        #expect(response.head.headerFields[values: try #require(HTTPField.Name("x-tea"))] == ["green", "black"])
        #expect(response.text == "pot")
    }

    @Test(
        arguments: [
            (HTTPRequest.Method.get, 0, nil), (.get, 5, "5"), (.head, 0, nil), (.delete, 0, nil), (.delete, 5, "5"),
            (.options, 0, nil), (.post, 0, "0"), (.post, 5, "5"), (.put, 0, "0"), (.patch, 5, "5"),
            (.post, 3_000_000, "3000000"),
        ] as [(HTTPRequest.Method, Int, String?)])
    func writesEveryMethod(method: HTTPRequest.Method, size: Int, length: String?) async throws {
        let body = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
        let (request, _) = try await exchange { plain($0, method, body: body) }
        #expect(request.line == "\(method.rawValue) / HTTP/1.1")
        #expect(request["content-length"] == length)
        #expect(request.body == body)
        #expect(request.fields.allSatisfy { ["host", "content-length"].contains($0.name) })
    }

    @Test func userAgentIsConfiguredAndReplaced() async throws {
        let (configured, _) = try await exchange(userAgent: "One") { plain($0) }
        #expect(configured["user-agent"] == "One")
        let (replaced, _) = try await exchange(userAgent: "One") { plain($0, fields: [.userAgent: "Two"]) }
        #expect(replaced["user-agent"] == "Two")
        #expect(throws: TransportError(.invalidRequest, "")) { try CurlTransport(.init(userAgent: "a\r\nB: c")) }
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nX: y\r\n\r\n", 200, "abcde"),
        ("HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", 200, "hi"),
        ("HTTP/1.0 200 OK\r\n\r\nuntil the end", 200, "until the end"),
        ("HTTP/1.1 204 No Content\r\n\r\n", 204, ""),
        ("HTTP/1.1 304 Not Modified\r\nContent-Length: 9999999\r\n\r\n", 304, ""),
        ("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 4\r\n\r\nbusy", 503, "busy"),
        ("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", 302, ""),
        ("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nraw!", 200, "raw!"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi and more", 200, "hi"),
        ("HTTP/1.1 200\r\nbad name: x\r\nSpread: a\r\n b\r\nContent-Length: 1\r\n\r\nx", 200, "x"),
    ])
    func readsEveryFormOfAnswer(answer: String, status: Int, body: String) async throws {
        let (_, response) = try await exchange(answer: answer) { plain($0) }
        #expect(response.head.status.code == status)
        #expect(response.text == body)
        #expect(response.head.headerFields[.init("link")!] == nil, "interim fields do not leak into the answer")
    }

    @Test func cookiesAreNotKept() async throws {
        let cookies = Record<String?>()
        let server = try ScriptedServer { connection, _ in
            while let request = connection.readRequest() {
                cookies.append(request["cookie"])
                connection.write("HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n")
            }
        }
        let transport = try CurlTransport()
        for _ in 0..<2 { _ = try await transport.send(plain(server.authority)) }
        #expect(cookies.all == [nil, nil])
    }

    @Test func progressCountsUpToTheTotals() async throws {
        let size = 400_000
        let steps = Record<TransferProgress>()
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: \(size)\r\n\r\n" + String(repeating: "x", count: size)
        _ = try await exchange(answer: answer) { authority in
            plain(authority, .post, body: [UInt8](repeating: 1, count: size)) { steps.append($0) }
        }
        let seen = steps.all
        let total = Int64(size)
        #expect(seen.last == TransferProgress(sent: total, sentTotal: total, received: total, receivedTotal: total))
        #expect(zip(seen, seen.dropFirst()).allSatisfy { $0.sent <= $1.sent && $0.received <= $1.received })
    }
}
