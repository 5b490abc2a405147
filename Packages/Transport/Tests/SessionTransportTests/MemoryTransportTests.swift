import HTTPTypes
import SessionInterfaces
import SessionTransport
import Testing

@Suite struct MemoryTransportTests {
    private struct Mishap: Error {}

    private static func answer(_ text: String) -> MemoryTransport.Handler {
        { _ in TransportResponse(HTTPResponse(status: .ok), body: Array(text.utf8)) }
    }

    /// Does not listen to cancellation, and answers too late.
    private static let stubborn: MemoryTransport.Handler = { _ in
        await withCheckedContinuation { continuation in
            Task.detached {
                try? await Task.sleep(for: .seconds(2))
                continuation.resume()
            }
        }
        return TransportResponse(HTTPResponse(status: .ok))
    }

    @Test func authoritiesAnswerForThemselves() async throws {
        let transport = MemoryTransport(["One:1": Self.answer("one")])
        transport.serve("two:2", with: Self.answer("two"))
        #expect(try await transport.send(plain("one:1")).text == "one")
        #expect(try await transport.send(plain("two:2")).text == "two")
        #expect(try await errorCode { try await transport.send(plain("three:3")) } == .unreachable)
        transport.serve("two:2", with: nil)
        #expect(try await errorCode { try await transport.send(plain("two:2")) } == .unreachable)
    }

    @Test func anAuthorityCanBeDownForAWhile() async throws {
        let transport = MemoryTransport(["one:1": Self.answer("one")])
        transport.setDown(true, "ONE:1")
        #expect(try await errorCode { try await transport.send(plain("one:1")) } == .unreachable)
        transport.setDown(false, "one:1")
        #expect(try await transport.send(plain("one:1")).text == "one")
    }

    @Test func requestsAreCheckedAsOnTheWire() async throws {
        let transport = MemoryTransport(["one:1": Self.answer("one")])
        var request = plain("one:1")
        request.trust = .publicAuthorities
        #expect(try await errorCode { try await transport.send(request) } == .untrusted)
        request.head.scheme = "ftp"
        #expect(try await errorCode { try await transport.send(request) } == .invalidRequest)
    }

    @Test func handlersErrorsReachTheCaller() async throws {
        let transport = MemoryTransport([
            "one:1": { _ in throw TransportError(.malformedResponse, "no") }, "two:2": { _ in throw Mishap() },
        ])
        #expect(try await errorCode { try await transport.send(plain("one:1")) } == .malformedResponse)
        let error = await #expect(throws: TransportError(.interrupted, "")) { try await transport.send(plain("two:2")) }
        #expect(error?.underlying is Mishap)
    }

    @Test func limitsHold() async throws {
        let transport = MemoryTransport(["one:1": Self.answer("four"), "two:2": Self.stubborn])
        #expect(try await transport.send(plain("one:1", maximumResponseSize: 4)).text == "four")
        let small = plain("one:1", maximumResponseSize: 3)
        #expect(try await errorCode { try await transport.send(small) } == .responseTooLarge)
        let short = plain("two:2", timeLimit: .milliseconds(50))
        #expect(try await errorCode { try await transport.send(short) } == .timedOut)
    }

    @Test func cancellationIsHeardAtOnceAndReachesTheHandler() async throws {
        let arrived = Signal()
        let cancelled = Signal()
        let transport = MemoryTransport([
            "one:1": { _ in
                arrived.raise()
                try? await Task.sleep(for: .seconds(3600))
                cancelled.raise()
                throw CancellationError()
            }
        ])
        let task = Task { try await transport.send(plain("one:1")) }
        await arrived.wait()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        await cancelled.wait()
    }

    @Test func shutdownEndsPendingAndLaterRequests() async throws {
        let arrived = Signal()
        let transport = MemoryTransport([
            "one:1": { request in
                arrived.raise()
                return try await Self.stubborn(request)
            }
        ])
        let pending = Task { try await errorCode { try await transport.send(plain("one:1")) } }
        await arrived.wait()
        await transport.shutdown()
        await transport.shutdown()
        #expect(try await pending.value == .closed)
        #expect(try await errorCode { try await transport.send(plain("one:1")) } == .closed)
    }

    @Test func progressReportsBothDirections() async throws {
        let steps = Record<TransferProgress>()
        let transport = MemoryTransport(["one:1": Self.answer("four")])
        _ = try await transport.send(plain("one:1", .post, body: [1, 2]) { steps.append($0) })
        #expect(
            steps.all == [
                TransferProgress(sent: 2, sentTotal: 2, received: 0, receivedTotal: nil),
                TransferProgress(sent: 2, sentTotal: 2, received: 4, receivedTotal: 4),
            ])
    }
}
