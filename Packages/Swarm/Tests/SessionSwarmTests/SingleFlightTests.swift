import Testing

@testable import SessionSwarm

@Suite struct SingleFlightTests {
    /// A door that operations wait at until it is opened.
    private struct Door: Sendable {
        private let stream: AsyncStream<Void>
        private let continuation: AsyncStream<Void>.Continuation

        init() { (stream, continuation) = AsyncStream.makeStream(of: Void.self) }

        func pass() async throws {
            for await _ in stream { return }
            try Task.checkCancellation()
        }

        func open() { continuation.yield() }
    }

    @Test func everybodyGetsTheOneResult() async throws {
        let flight = SingleFlight<Int>()
        let door = Door()
        let isRunning = Door()
        let first = Task {
            try await flight.value {
                isRunning.open()
                try await door.pass()
                return 1
            }
        }
        try await isRunning.pass()
        let others = (2...10).map { number in Task { try await flight.value { number } } }
        while flight.waiterCount < 10 { await Task.yield() }
        door.open()
        for task in [first] + others { #expect(try await task.value == 1) }
    }

    @Test func whoIsCancelledLeavesTheOthersAlone() async throws {
        let flight = SingleFlight<Int>()
        let door = Door()
        let isRunning = Door()
        let impatient = Task {
            try await flight.value {
                isRunning.open()
                try await door.pass()
                return 1
            }
        }
        try await isRunning.pass()
        let patient = Task { try await flight.value { 2 } }
        while flight.waiterCount < 2 { await Task.yield() }
        impatient.cancel()
        await #expect(throws: CancellationError.self) { try await impatient.value }
        door.open()
        #expect(try await patient.value == 1)
    }

    @Test func lastOneOutCancelsTheOperation() async throws {
        let flight = SingleFlight<Int>()
        let isRunning = Door()
        let wasCancelled = Door()
        let task = Task {
            try await flight.value {
                isRunning.open()
                do {
                    try await Task.sleep(for: .seconds(600))
                } catch {
                    wasCancelled.open()
                    throw error
                }
                return 1
            }
        }
        try await isRunning.pass()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try await wasCancelled.pass()
        #expect(try await flight.value { 7 } == 7)
    }

    @Test func failuresReachEveryone() async {
        struct Failed: Error {}
        let flight = SingleFlight<Int>()
        await #expect(throws: Failed.self) { try await flight.value { throw Failed() } }
        await #expect(throws: Never.self) { try await flight.value { 1 } }
    }
}
