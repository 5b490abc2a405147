import SessionInterfaces
import Testing

@testable import SessionStorage

@Suite struct OrderedEntriesTests {
    @Test func staysBalancedWhateverTheOrder() {
        let count = 4096
        let orders: [[Int]] = [
            Array(0..<count), (0..<count).reversed(), (0..<count).map { $0 * 1021 % count },
        ]
        for order in orders {
            var entries = OrderedEntries()
            for number in order { entries.put([], for: key(number)) }
            #expect(entries.isBalanced)
            for number in order.prefix(count / 3) where !entries.remove(key(number)) {
                Issue.record("\(number) was not there")
            }
            #expect(entries.isBalanced)
            #expect(entries.count == count - count / 3)
        }
    }

    @Test func staysBalancedWhenRangesGo() {
        for (lower, upper) in [(0, 1), (0, 1000), (3, 5), (100, 900), (500, 501), (999, 1000), (900, 100)] {
            var entries = OrderedEntries()
            for number in 0..<1000 { entries.put([1, 2], for: key(number)) }
            let removed = entries.removeAll(KeyRange(from: key(lower), upTo: key(upper)))
            #expect(removed == max(upper - lower, 0))
            #expect(entries.count == 1000 - removed)
            #expect(entries.size == entries.count * 10)
            #expect(entries.isBalanced)
        }
    }

    @Test func aCopyDoesNotChange() {
        var entries = OrderedEntries()
        entries.put([1], for: key(1))
        let copy = entries
        entries.put([2], for: key(1))
        #expect(copy[key(1)] == [1])
        #expect(entries[key(1)] == [2])
    }

    private func key(_ number: Int) -> [UInt8] {
        var writer = KeyWriter()
        writer.integer(UInt64(number))
        return writer.key
    }
}
