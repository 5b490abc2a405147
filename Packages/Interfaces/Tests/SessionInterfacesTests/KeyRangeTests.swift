import SessionInterfaces
import Testing

@Suite struct KeyRangeTests {
    @Test(
        arguments: [
            ([1, 2], [1, 2], true), ([1, 2], [1, 2, 0], true), ([1, 2], [1, 2, 255, 255], true),
            ([1, 2], [1, 3], false),
            ([1, 2], [1], false), ([1, 255], [1, 255, 7], true), ([1, 255], [2], false), ([255], [255, 255], true),
            ([255, 255], [255, 254], false), ([], [9], true),
        ] as [([UInt8], [UInt8], Bool)])
    func prefixRange(prefix: [UInt8], key: [UInt8], isInside: Bool) {
        #expect(KeyRange.prefix(prefix).contains(key) == isInside)
    }

    @Test func afterLeavesOutTheKeyItself() {
        #expect(!KeyRange.after([1]).contains([1]))
        #expect(KeyRange.after([1]).contains([1, 0]))
        #expect(KeyRange.after([1]).contains([2]))
    }

    @Test func tableNamesAreChecked() throws {
        let table = try StoreTable(String("history-2.x_1"))
        #expect(table.name == "history-2.x_1")
        for name in ["", "Upper", "white space", "é", String(repeating: "a", count: 65)] {
            #expect(throws: StoreError(.invalidTable, "")) { _ = try StoreTable(String(name)) }
        }
    }
}
