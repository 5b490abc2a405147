import SessionInterfaces
import SessionTransport
import Testing

/// Connections: kept, used again, replaced, bounded, freed.
@Suite struct CurlConnectionTests {
    private static let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

    @Test func aConnectionIsUsedAgain() async throws {
        let server = try ScriptedServer(answering: Self.answer)
        let transport = try CurlTransport(.init(idleTimeLimit: .seconds(120)))
        for _ in 0..<5 { #expect(try await transport.send(plain(server.authority)).text == "ok") }
        #expect(server.connectionCount == 1)
    }

    /// As service nodes do: the kept connection is closed, before or after the next request has arrived.
    @Test(arguments: [true, false])
    func aKeptConnectionThatBrokeIsReplaced(readsSecondRequest: Bool) async throws {
        let firstIsOver = Signal()
        let server = try ScriptedServer { connection, number in
            guard connection.readRequest() != nil else { return }
            connection.write(Self.answer)
            guard number == 1 else { return }
            if readsSecondRequest { _ = connection.readRequest() }
            connection.end()
            firstIsOver.raise()
        }
        let transport = try CurlTransport(.init(idleTimeLimit: .seconds(120)))
        let body = [UInt8](repeating: 7, count: 10_000)
        _ = try await transport.send(plain(server.authority, .post, body: body))
        if !readsSecondRequest { await firstIsOver.wait() }
        #expect(try await transport.send(plain(server.authority, .post, body: body)).text == "ok")
        #expect(server.connectionCount == 2)
    }

    @Test func aFreshConnectionThatBreaksIsAnError() async throws {
        let server = try ScriptedServer { connection, _ in _ = connection.readRequest() }
        let transport = try CurlTransport(.init(idleTimeLimit: .seconds(120)))
        #expect(try await errorCode { try await transport.send(plain(server.authority)) } == .interrupted)
        #expect(server.connectionCount == 1)
    }

    @Test func aKeptConnectionThatBreaksWithinTheAnswerIsAnError() async throws {
        let server = try ScriptedServer { connection, _ in
            _ = connection.readRequest()
            connection.write(Self.answer)
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok")
        }
        let transport = try CurlTransport(.init(idleTimeLimit: .seconds(120)))
        _ = try await transport.send(plain(server.authority))
        #expect(try await errorCode { try await transport.send(plain(server.authority)) } == .interrupted)
        #expect(server.connectionCount == 1)
    }

    /// Every answer waits until all requests have arrived.
    @Test func hundredsOfRequestsRunAtOnce() async throws {
        let count = 300
        let arrivals = Counter()
        let everyoneIsHere = Signal()
        let server = try ScriptedServer { connection, _ in
            guard let request = connection.readRequest() else { return }
            if arrivals.increment() == count { everyoneIsHere.raise() }
            everyoneIsHere.waitBlocking()
            let path = request.line.split(separator: " ")[1]
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(path.utf8.count)\r\n\r\n\(path)")
        }
        let transport = try CurlTransport(.init(maximumConnectionsPerHost: count))
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<count {
                group.addTask {
                    let path = "/\(number)"
                    let request = plain(server.authority, path: path, timeLimit: .seconds(60))
                    return try await transport.send(request).text == path
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
        #expect(server.connectionCount == count)
    }

    @Test func aThousandRequestsShareAFewConnections() async throws {
        let server = try ScriptedServer(answering: Self.answer)
        let transport = try CurlTransport(.init(maximumConnectionsPerHost: 4))
        let answers = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<1000 {
                group.addTask { try await transport.send(plain(server.authority, timeLimit: .seconds(60))).text }
            }
            return try await group.reduce(into: 0) { $0 += $1 == "ok" ? 1 : 0 }
        }
        #expect(answers == 1000)
        #expect(server.connectionCount <= 4)
    }

    @Test func connectionsEndWithTheLastReference() async throws {
        let connectionEnded = Signal()
        let server = try ScriptedServer { connection, _ in
            _ = connection.readRequest()
            connection.write(Self.answer)
            if connection.waitForEnd() { connectionEnded.raise() }
        }
        var transport: CurlTransport? = try CurlTransport()
        _ = try await transport?.send(plain(server.authority))
        transport = nil
        await connectionEnded.wait()
    }
}
