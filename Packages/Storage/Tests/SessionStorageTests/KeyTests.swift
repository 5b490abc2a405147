import SessionInterfaces
import SessionStorage
import Testing

@Suite struct KeyTests {
    @Test func unsignedIntegersSortByValue() throws {
        try expectOrder([0, 1, 255, 256, 65_535, 1 << 32, .max] as [UInt64]) { $0.integer($1) }
    }

    @Test func signedIntegersSortByValue() throws {
        try expectOrder([.min, -256, -1, 0, 1, 255, .max] as [Int16]) { $0.integer($1) }
    }

    @Test func textsSortBeforeWhatFollowsThem() throws {
        let parts: [([UInt8], UInt8)] = [
            ([], 9), ([0], 0), ([0], 7), ([0, 0], 1), ([0, 1], 0), ([1], 5), ([1, 0], 0), ([1, 0xff], 0), ([0xff], 2),
        ]
        try expectOrder(parts) {
            $0.bytes($1.0)
            $0.integer($1.1)
        }
    }

    private func expectOrder<Part>(_ parts: [Part], _ write: (inout KeyWriter, Part) -> Void) throws {
        let keys = parts.map { part in
            var writer = KeyWriter()
            write(&writer, part)
            return writer.key
        }
        for (key, next) in zip(keys, keys.dropFirst()) {
            #expect(key.lexicographicallyPrecedes(next), "\(key) \(next)")
        }
    }

    @Test func partsComeBack() throws {
        var writer = KeyWriter()
        writer.integer(Int32(-5))
        writer.text("a\0é")
        writer.fixed([1, 2, 3])
        writer.bytes([0, 0xff, 0])
        writer.integer(UInt16(7))
        writer.fixed([9, 9])

        var reader = KeyReader(writer.key)
        #expect(try reader.integer(Int32.self) == -5)
        #expect(try reader.text() == "a\0é")
        #expect(try reader.fixed(3) == [1, 2, 3])
        #expect(try reader.bytes() == [0, 0xff, 0])
        #expect(try reader.integer(UInt16.self) == 7)
        #expect(!reader.isAtEnd)
        #expect(reader.rest() == [9, 9])
        #expect(reader.isAtEnd)
    }

    @Test(arguments: [[], [1], [0], [0, 5], [1, 2, 3, 0]] as [[UInt8]])
    func foreignKeysAreRefused(key: [UInt8]) {
        #expect(throws: StoreError(.corrupted, "")) {
            var reader = KeyReader(key)
            _ = try reader.bytes()
        }
        #expect(throws: StoreError(.corrupted, "")) {
            var reader = KeyReader(key)
            _ = try reader.integer(UInt64.self)
        }
    }
}
