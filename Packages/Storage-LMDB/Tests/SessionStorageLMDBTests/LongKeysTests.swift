import SessionInterfaces
import Testing

@testable import SessionStorageLMDB

@Suite struct LongKeysTests {
    @Test func keysStayInOrder() {
        var keys = LongKeys()
        let rests: [[UInt8]] = [[5], [], [5, 0], [0xff], [0], [4, 0xff]]
        for (number, rest) in rests.enumerated() { keys.insert(rest[...], number: UInt64(number)) }
        #expect(keys.elements.map(\.rest) == [[], [0], [4, 0xff], [5], [5, 0], [0xff]])
        #expect(keys.number(of: [5, 0]) == 2)
        #expect(keys.number(of: [6]) == nil)
        keys.remove([5])
        #expect(keys.number(of: [5]) == nil)
        #expect(keys.elements.count == 5)
    }

    @Test func theListComesBack() throws {
        var keys = LongKeys()
        for number in 0..<20 as Range<UInt64> {
            keys.insert([UInt8](repeating: UInt8(number), count: Int(number) * 150)[...], number: .max - number)
        }
        let read = try keys.stored.withUnsafeBytes { try LongKeys(stored: $0) }
        #expect(read.elements.map(\.rest) == keys.elements.map(\.rest))
        #expect(read.elements.map(\.number) == keys.elements.map(\.number))
    }

    @Test func aDamagedListIsRefused() throws {
        var keys = LongKeys()
        keys.insert([1, 2, 3], number: 1)
        let stored = keys.stored
        for length in 1..<stored.count {
            #expect(throws: StoreError(.corrupted, "")) {
                try Array(stored.prefix(length)).withUnsafeBytes { _ = try LongKeys(stored: $0) }
            }
        }
    }
}
