import Glibc
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

    /// Every answer waits until all requests have arrived; whatever moves, moves on the one thread.
    @Test func aThousandRequestsRunAtOnceOnOneThread() async throws {
        let count = 1000
        let server = try await GatheringServer(expecting: count)
        let threads = Record<pthread_t>()
        let transport = try CurlTransport(.init(maximumConnectionsPerHost: count, maximumConnections: count))
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<count {
                group.addTask {
                    let request = plain(server.authority, path: "/\(number)", timeLimit: .seconds(120)) { _ in
                        threads.append(pthread_self())
                    }
                    return try await transport.send(request).text == "/\(number)"
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
        #expect(server.arrivals.value == count)
        #expect(threads.all.count >= count && Set(threads.all).count == 1)
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

    @Test func anIdleConnectionIsReplacedAfterItsTime() async throws {
        let server = try ScriptedServer(answering: Self.answer)
        let transport = try CurlTransport(.init(idleTimeLimit: .seconds(1)))
        for _ in 0..<2 { _ = try await transport.send(plain(server.authority)) }
        #expect(server.connectionCount == 1)
        try await Task.sleep(for: .milliseconds(2300))
        _ = try await transport.send(plain(server.authority))
        #expect(server.connectionCount == 2)
    }

    /// What a server sends along with its answer is not taken for the answer to the next request.
    @Test func anAnswerNobodyAskedForIsNotUsed() async throws {
        let server = try ScriptedServer { connection, number in
            while connection.readRequest() != nil {
                let excess = number == 1 ? "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil" : ""
                connection.write(Self.answer + excess)
            }
        }
        let transport = try CurlTransport()
        for _ in 0..<4 { #expect(try await transport.send(plain(server.authority)).text == "ok") }
    }
}
