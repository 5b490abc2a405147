import SessionInterfaces
import Testing

@Suite struct RandomSourceTests {
    @Test func seededRandomRepeats() {
        #expect(SeededRandom(seed: 7).bytes(100) == SeededRandom(seed: 7).bytes(100))
        #expect(SeededRandom(seed: 7).bytes(100) != SeededRandom(seed: 8).bytes(100))
    }

    @Test(arguments: [0, 1, 7, 8, 9, 1000])
    func systemRandomFillsEveryByte(count: Int) {
        // A byte that stays zero in sixteen draws would be left out, not unlucky (1 in 2^128).
        var seen = [Bool](repeating: false, count: count)
        for _ in 0..<16 {
            let bytes = SystemRandom().bytes(count)
            #expect(bytes.count == count)
            for (position, byte) in bytes.enumerated() where byte != 0 { seen[position] = true }
        }
        #expect(seen.allSatisfy { $0 })
    }

    @Test func fixedClockMovesOnlyWhenTold() {
        let clock = FixedClock(Timestamp(milliseconds: 5))
        #expect(clock.now() == clock.now())
        clock.advance(by: .milliseconds(7))
        #expect(clock.now().milliseconds == 12)
    }
}
