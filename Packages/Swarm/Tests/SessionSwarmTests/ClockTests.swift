import SessionInterfaces
import Synchronization
import Testing

@testable import SessionSwarm

@Suite struct ClockConsensusTests {
    static let start = ContinuousClock.now

    static func reading(
        _ node: Int, ahead: Duration, at offset: Duration = .zero, trip: Duration = .zero
    ) -> ClockReading {
        let sentAt = start + offset
        return ClockReading(
            node: FakeNetwork.nodes[node].key, time: FakeNetwork.now + ahead + offset + trip / 2, sentAt: sentAt,
            receivedAt: sentAt + trip)
    }

    private func agreed(_ readings: [ClockReading]) -> Duration? {
        var consensus = ClockConsensus(comparedAt: Self.start)
        for reading in readings { consensus.add(reading, longestTrip: .seconds(8)) }
        return consensus.time(at: Self.start).map { $0 - FakeNetwork.now }
    }

    @Test func oneNodeIsNobody() {
        #expect(agreed([]) == nil)
        #expect(agreed([Self.reading(0, ahead: .seconds(90))]) == nil)
        #expect(agreed((0..<50).map { Self.reading(0, ahead: .seconds(90), at: .seconds($0)) }) == nil)
    }

    @Test func twoHaveToAgree() {
        #expect(agreed([Self.reading(0, ahead: .zero), Self.reading(1, ahead: .seconds(90))]) == nil)
        #expect(agreed([Self.reading(0, ahead: .seconds(90)), Self.reading(1, ahead: .seconds(92))]) == .seconds(90))
    }

    @Test(arguments: [-1_000_000, -90, 90, 1_000_000])
    func aLiarAmongThreeIsOutvoted(lie: Int) {
        let time = agreed([
            Self.reading(0, ahead: .seconds(10)), Self.reading(1, ahead: .seconds(lie)),
            Self.reading(2, ahead: .seconds(11)),
        ])
        #expect(time.map { $0 >= .seconds(10) && $0 <= .seconds(11) } == true)
    }

    @Test func twoAgainstTwoIsUndecided() {
        #expect(agreed([0, 1, 90, 91].enumerated().map { Self.reading($0, ahead: .seconds($1)) }) == nil)
    }

    @Test func tripsAndMomentsAreAccountedFor() {
        #expect(
            agreed([
                Self.reading(0, ahead: .seconds(5), at: .seconds(100), trip: .seconds(4)),
                Self.reading(1, ahead: .seconds(5), at: .seconds(3), trip: .seconds(1)),
            ]) == .seconds(5))
    }

    @Test func longTripsDoNotCount() {
        #expect(agreed((0..<3).map { Self.reading($0, ahead: .zero, trip: .seconds(9)) }) == nil)
    }

    @Test func absurdTimesDoNotTrap() {
        let readings = [Int64.min, .max, 0].enumerated().map { number, time in
            ClockReading(
                node: FakeNetwork.nodes[number].key, time: Timestamp(milliseconds: time), sentAt: Self.start,
                receivedAt: Self.start)
        }
        #expect(agreed(readings) == nil)
    }

    @Test func oldReadingsAreForgotten() {
        let readings = [
            Self.reading(0, ahead: .zero), Self.reading(1, ahead: .seconds(90), at: .seconds(601)),
            Self.reading(2, ahead: .seconds(90), at: .seconds(602)),
        ]
        #expect(agreed(readings) == .seconds(90))
    }
}

@Suite struct NetworkTimeTests {
    private final class Instants: Sendable {
        private let instant = Mutex(ClockConsensusTests.start)
        var now: ContinuousClock.Instant { instant.withLock { $0 } }
        func advance(by duration: Duration) { instant.withLock { $0 += duration } }
    }

    private let instants = Instants()
    private let local = FixedClock(FakeNetwork.now)
    private let clock: NetworkTime

    init() {
        clock = NetworkTime(local: local, monotonic: { [instants] in instants.now })
    }

    private func readings(_ ahead: Duration...) -> [ClockReading] {
        ahead.enumerated().map { ClockConsensusTests.reading($0, ahead: $1) }
    }

    @Test func followsTheLocalClockAtFirst() {
        local.advance(by: .seconds(7))
        #expect(clock.now() == FakeNetwork.now + .seconds(7))
        #expect(clock.offset == nil)
    }

    @Test func nobodySetsItAfterwards() async throws {
        #expect(try await clock.synchronise { readings(.seconds(300), .seconds(301), .seconds(-5)) } == .agreed)
        #expect(clock.now() == FakeNetwork.now + .seconds(300))
        #expect(clock.offset == .seconds(300))
        local.advance(by: .days(30))
        instants.advance(by: .seconds(2))
        #expect(clock.now() == FakeNetwork.now + .seconds(302))
    }

    @Test func disagreementChangesNothing() async throws {
        #expect(try await clock.synchronise { readings(.seconds(300), .zero, .seconds(-300)) } == .failed)
        #expect(try await clock.synchronise { readings(.seconds(300)) } == .failed)
        #expect(try await clock.synchronise { [] } == .failed)
        #expect(clock.now() == FakeNetwork.now)
    }

    @Test func onceInTenMinutes() async throws {
        #expect(try await clock.synchronise { readings(.zero, .zero) } == .agreed)
        instants.advance(by: .seconds(599))
        #expect(try await clock.synchronise { throw CancellationError() } == .recent)
        instants.advance(by: .seconds(1))
        #expect(try await clock.synchronise { readings(.seconds(9), .seconds(9)) } == .agreed)
    }

    @Test func callersShareOne() async throws {
        let asked = Counter()
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let (clock, agreeing) = (clock, readings(.seconds(60), .seconds(60)))
        let ask: @Sendable () async throws -> [ClockReading] = {
            asked.count()
            for await _ in gate { break }
            return agreeing
        }
        let outcomes = try await withThrowingTaskGroup(of: ClockSynchronisation.self) { group in
            for _ in 0..<10 { group.addTask { try await clock.synchronise(ask) } }
            while asked.value == 0 { await Task.yield() }
            open.finish()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.allSatisfy { $0 != .failed })
        #expect(asked.value == 1)
    }

    @Test func observedTimesOfTwoNodesMoveIt() {
        for _ in 0..<20 { clock.observe(ClockConsensusTests.reading(0, ahead: .seconds(200))) }
        #expect(clock.now() == FakeNetwork.now)
        clock.observe(ClockConsensusTests.reading(1, ahead: .seconds(200)))
        #expect(clock.now() == FakeNetwork.now + .seconds(200))
        clock.observe(ClockConsensusTests.reading(0, ahead: .seconds(-200)))
        #expect(clock.now() == FakeNetwork.now + .seconds(200))
    }
}

private final class Counter: Sendable {
    private let number = Mutex(0)
    var value: Int { number.withLock { $0 } }
    func count() { number.withLock { $0 += 1 } }
}
