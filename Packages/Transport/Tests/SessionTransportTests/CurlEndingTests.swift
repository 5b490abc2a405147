import HTTPTypes
import SessionInterfaces
import SessionTransport
import Testing

/// How requests end before their answer: limits, cancellation, shutdown, broken servers.
@Suite struct CurlEndingTests {
    /// Answers with `beginning`, then stays silent until the client goes.
    private func stallingServer(_ beginning: String = "", then ended: Signal? = nil) throws -> ScriptedServer {
        try ScriptedServer { connection, _ in
            guard connection.readRequest() != nil else { return }
            connection.write(beginning)
            if connection.waitForEnd() { ended?.raise() }
        }
    }

    @Test(arguments: ["", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nbegin"])
    func theTimeLimitEndsARequestAndFreesItsConnection(beginning: String) async throws {
        let ended = Signal()
        let server = try stallingServer(beginning, then: ended)
        let transport = try CurlTransport()
        let request = plain(server.authority, timeLimit: .milliseconds(200))
        #expect(try await errorCode { try await transport.send(request) } == .timedOut)
        await ended.wait()
    }

    @Test func theTimeLimitIncludesWaitingForAConnection() async throws {
        let server = try stallingServer()
        let transport = try CurlTransport(.init(maximumConnectionsPerHost: 1))
        async let first = errorCode { try await transport.send(plain(server.authority)) }
        try await Task.sleep(for: .milliseconds(100))
        let second = plain(server.authority, timeLimit: .milliseconds(200))
        #expect(try await errorCode { try await transport.send(second) } == .timedOut)
        await transport.shutdown()
        #expect(try await first == .closed)
        #expect(server.connectionCount == 1)
    }

    @Test func aShortTimeLimitOvertakesALongOne() async throws {
        let server = try stallingServer()
        let transport = try CurlTransport()
        let long = Task { try await errorCode { try await transport.send(plain(server.authority)) } }
        for limit in [300, 100, 200] {
            let request = plain(server.authority, timeLimit: .milliseconds(limit))
            #expect(try await errorCode { try await transport.send(request) } == .timedOut)
        }
        await transport.shutdown()
        #expect(try await long.value == .closed)
    }

    @Test func aCancelledTaskSendsNothing() async throws {
        let server = try stallingServer()
        let transport = try CurlTransport()
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await transport.send(plain(server.authority))
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    /// A name has to be looked up first, on a thread of libcurl's own.
    @Test(arguments: ["127.0.0.1", "localhost"])
    func cancellationAtAnyMomentIsHeard(host: String) async throws {
        let server = try stallingServer()
        let authority = "\(host):\(server.port)"
        let transport = try CurlTransport(.init(maximumConnectionsPerHost: 200))
        await withTaskGroup { group in
            for number in 0..<200 {
                group.addTask {
                    let task = Task { try await transport.send(plain(authority, timeLimit: .seconds(60))) }
                    for _ in 0..<number % 20 { await Task.yield() }
                    task.cancel()
                    await #expect(throws: CancellationError.self) { try await task.value }
                }
            }
        }
    }

    @Test func shutdownEndsEverythingAndMayBeRepeated() async throws {
        let arrived = Signal()
        let ended = Signal()
        let server = try ScriptedServer { connection, _ in
            _ = connection.readRequest()
            arrived.raise()
            if connection.waitForEnd() { ended.raise() }
        }
        let transport = try CurlTransport()
        let pending = Task { try await errorCode { try await transport.send(plain(server.authority)) } }
        await arrived.wait()
        async let first: Void = transport.shutdown()
        async let second: Void = transport.shutdown()
        _ = await (first, second)
        await transport.shutdown()
        #expect(try await pending.value == .closed)
        #expect(try await errorCode { try await transport.send(plain(server.authority)) } == .closed)
        await ended.wait()
    }

    /// The beginning of an answer that is too large, named for the log.
    struct OversizedAnswer: CustomTestStringConvertible {
        let testDescription: String
        let beginning: String

        init(_ name: String, _ beginning: String) {
            testDescription = name
            self.beginning = "HTTP/1.1 \(beginning)"
        }
    }

    @Test(arguments: [
        OversizedAnswer("announced", "200 OK\r\nContent-Length: 101\r\n\r\n"),
        OversizedAnswer("announced, enormous", "200 OK\r\nContent-Length: 9223372036854775807\r\n\r\n"),
        OversizedAnswer(
            "chunked", "200 OK\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n" + String(repeating: "x", count: 101)),
        OversizedAnswer("until the end", "200 OK\r\n\r\n" + String(repeating: "x", count: 101)),
        OversizedAnswer("long field", "200 OK\r\nX: " + String(repeating: "x", count: 70_000) + "\r\n"),
        OversizedAnswer("endless field", "200 OK\r\nX: " + String(repeating: "x", count: 200_000)),
        OversizedAnswer("many fields", "200 OK\r\n" + String(repeating: "X: y\r\n", count: 15_000)),
        OversizedAnswer("interim answers", String(repeating: "102 Processing\r\n\r\nHTTP/1.1 ", count: 3_000)),
    ])
    func oversizedAnswersAreCutOff(answer: OversizedAnswer) async throws {
        let ended = Signal()
        let server = try stallingServer(answer.beginning, then: ended)
        let transport = try CurlTransport()
        let request = plain(server.authority, maximumResponseSize: 100)
        #expect(try await errorCode { try await transport.send(request) } == .responseTooLarge)
        await ended.wait()
    }

    @Test func theSizeLimitItselfIsAllowedAndHeadHasNoBody() async throws {
        let transport = try CurlTransport()
        let full = try ScriptedServer(answering: "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc")
        #expect(try await transport.send(plain(full.authority, maximumResponseSize: 3)).text == "abc")
        let huge = try ScriptedServer(answering: "HTTP/1.1 200 OK\r\nContent-Length: 5000000000\r\n\r\n")
        let answer = try await transport.send(plain(huge.authority, .head, maximumResponseSize: 3))
        #expect(answer.head.headerFields[.contentLength] == "5000000000")
    }

    @Test(
        arguments: [
            ("", .interrupted), ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", .interrupted),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf", .interrupted),
            ("SSH-2.0-OpenSSH_9.2\r\n", .malformedResponse), ("\0\u{1}\u{2}garbage\n\n", .malformedResponse),
            ("HTTP/1.1 banana\r\n\r\n", .malformedResponse),
            ("HTTP/1.1 200 OK\r\nno colon\r\n\r\n", .malformedResponse),
        ] as [(String, TransportError.Code)])
    func brokenAnswersAreTold(answer: String, code: TransportError.Code) async throws {
        let server = try ScriptedServer { connection, _ in
            _ = connection.readRequest()
            connection.write(answer)
        }
        let transport = try CurlTransport()
        #expect(try await errorCode { try await transport.send(plain(server.authority)) } == code)
    }

    @Test func closedPortsAndUnknownNamesAreUnreachable() async throws {
        let transport = try CurlTransport()
        for authority in ["127.0.0.1:1", "nowhere.invalid"] {
            #expect(try await errorCode { try await transport.send(plain(authority)) } == .unreachable)
        }
    }

    @Test func messagesNameTheHostButNotThePath() async throws {
        let transport = try CurlTransport()
        let error = await #expect(throws: TransportError.self) {
            try await transport.send(plain("127.0.0.1:1", path: "/secret?token=hush", fields: [.authorization: "hush"]))
        }
        let text = try #require(error).description
        #expect(text.contains("127.0.0.1:1"))
        #expect(!text.contains("secret") && !text.contains("hush"))
    }
}
