import HTTPTypes
import SessionInterfaces
import SessionTransport
import Testing

/// However far a request has come, cancellation, shutdown and the time limit end it at once and free its connection.
@Suite struct CurlStageTests {
    enum Stage: CaseIterable {
        case connecting, handshaking, sending, receiving
    }

    enum Ending: CaseIterable {
        case cancellation, shutdown, timeLimit
    }

    @Test(arguments: Stage.allCases, Ending.allCases)
    func aRequestEndsAtAnyStage(stage: Stage, ending: Ending) async throws {
        let scene = try Scene(stage)
        let transport = try CurlTransport(.init(connectTimeLimit: .seconds(60)))
        var request = scene.request
        request.timeLimit = ending == .timeLimit ? .milliseconds(400) : .seconds(60)
        let task = Task { [request] in try await errorCode { try await transport.send(request) } }
        await scene.reached.wait()
        // Nobody sees a connection that nobody answers.
        if stage == .connecting { try await Task.sleep(for: .milliseconds(50)) }
        switch ending {
        case .cancellation:
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        case .shutdown:
            await transport.shutdown()
            #expect(try await task.value == .closed)
        case .timeLimit:
            #expect(try await task.value == .timedOut)
        }
        scene.left.raise()
        await scene.freed.wait()
    }

    /// A server that lets a request come as far as a stage, and no further.
    private struct Scene {
        let request: TransportRequest
        let reached = Signal()
        /// Raised by the test when the request has ended.
        let left = Signal()
        /// Raised when the server sees the connection end.
        let freed = Signal()
        private let holder: any Sendable

        init(_ stage: Stage) throws {
            let (reached, left, freed) = (reached, left, freed)
            guard stage != .connecting else {
                let listener = try FullListener()
                holder = listener
                request = plain("127.0.0.1:\(listener.port)")
                reached.raise()
                freed.raise()
                return
            }
            let server = try ScriptedServer { connection, _ in
                if stage == .receiving {
                    _ = connection.readRequest()
                    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
                } else {
                    _ = connection.read(1)
                    reached.raise()
                }
                if stage == .sending { left.waitBlocking() }
                connection.drain()
                freed.raise()
            }
            holder = server
            let scheme = stage == .handshaking ? "https" : "http"
            let head = HTTPRequest(method: .post, scheme: scheme, authority: server.authority, path: "/")
            // More than the buffers of both sides hold.
            let body = [UInt8](repeating: 1, count: stage == .sending ? 32 << 20 : 10)
            request = TransportRequest(head, body: body, trust: .none) { progress in
                if stage == .receiving, progress.received > 0 { reached.raise() }
            }
        }
    }
}
