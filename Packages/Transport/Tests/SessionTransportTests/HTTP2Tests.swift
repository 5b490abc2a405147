import HTTPTypes
import SessionInterfaces
import SessionTransport
import Testing

/// HTTP/2, which a server offers during the TLS handshake.
@Suite struct HTTP2Tests {
    private let identity: ServerIdentity

    init() throws { identity = try ServerIdentity() }

    private func request(
        _ server: HTTP2Server, path: String = "/", body: [UInt8] = [], trust: TrustPolicy = .none,
        timeLimit: Duration = .seconds(20)
    ) -> TransportRequest {
        let method: HTTPRequest.Method = body.isEmpty ? .get : .post
        let head = HTTPRequest(method: method, scheme: "https", authority: server.authority, path: path)
        return TransportRequest(
            head, body: body, trust: trust, timeLimit: timeLimit, maximumResponseSize: 100_000)
    }

    @Test func manyRequestsShareOneConnection() async throws {
        let count = 80
        let arrivals = Counter()
        let everyoneIsHere = Signal()
        let server = try await HTTP2Server(identity) { exchange in
            guard exchange.path != "/first" else { return exchange.answer("first") }
            if arrivals.increment() == count { everyoneIsHere.raise() }
            Task {
                await everyoneIsHere.wait()
                exchange.answer("\(exchange.path) \(exchange.bodySize)")
            }
        }
        let transport = try CurlTransport()
        #expect(try await transport.send(request(server, path: "/first")).text == "first")
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 1...count {
                group.addTask {
                    let body = [UInt8](repeating: 1, count: number * 1000)
                    let answer = try await transport.send(request(server, path: "/\(number)", body: body))
                    return answer.text == "/\(number) \(body.count)"
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
        #expect(server.connections.value == 1)
    }

    @Test func policiesDoNotShareConnections() async throws {
        let server = try await HTTP2Server(identity) { $0.answer("ok") }
        let transport = try CurlTransport()
        let pinned = TrustPolicy.pinnedPublicKeys([identity.publicKeyDigest])
        for trust in [TrustPolicy.none, pinned, .none, pinned] {
            #expect(try await transport.send(request(server, trust: trust)).text == "ok")
            for refused in [TrustPolicy.publicAuthorities, .pinnedPublicKeys([Bytes32()])] {
                let code = try await errorCode { try await transport.send(request(server, trust: refused)) }
                #expect(code == .untrusted)
            }
        }
        #expect(server.requests.value == 4)
    }

    /// Only the request ends; the others, and the connection, go on.
    @Test func cancellingOneRequestLeavesTheOthers() async throws {
        let bothAreHere = Signal()
        let cancelled = Signal()
        let arrivals = Counter()
        let server = try await HTTP2Server(identity) { exchange in
            guard exchange.path != "/first" else { return exchange.answer("first") }
            if arrivals.increment() == 2 { bothAreHere.raise() }
            guard exchange.path == "/kept" else { return }
            Task {
                await cancelled.wait()
                exchange.answer("kept")
            }
        }
        let transport = try CurlTransport()
        _ = try await transport.send(request(server, path: "/first"))
        let kept = Task { try await transport.send(request(server, path: "/kept")).text }
        let dropped = Task { try await transport.send(request(server, path: "/dropped")).text }
        await bothAreHere.wait()
        dropped.cancel()
        await #expect(throws: CancellationError.self) { try await dropped.value }
        cancelled.raise()
        #expect(try await kept.value == "kept")
        #expect(server.connections.value == 1)
    }

    @Test(arguments: ["reset", "close", "truncate"])
    func brokenStreamsAreInterrupted(kind: String) async throws {
        let server = try await HTTP2Server(identity) { exchange in
            exchange.head([("content-length", "9")])
            exchange.body("half", isLast: kind == "truncate")
            if kind == "reset" { exchange.reset(.internalError) }
            if kind == "close" { exchange.closeConnection() }
        }
        let transport = try CurlTransport()
        #expect(try await errorCode { try await transport.send(request(server)) } == .interrupted)
    }

    @Test func oversizedAnswersAreCutOff() async throws {
        let server = try await HTTP2Server(identity) { exchange in
            exchange.head()
            for _ in 0..<2 { exchange.body(String(repeating: "x", count: 70_000), isLast: false) }
        }
        let transport = try CurlTransport()
        #expect(try await errorCode { try await transport.send(request(server)) } == .responseTooLarge)
    }

    @Test func theTimeLimitEndsAStream() async throws {
        let server = try await HTTP2Server(identity) { $0.head() }
        let transport = try CurlTransport()
        let limited = request(server, timeLimit: .milliseconds(300))
        #expect(try await errorCode { try await transport.send(limited) } == .timedOut)
    }
}
