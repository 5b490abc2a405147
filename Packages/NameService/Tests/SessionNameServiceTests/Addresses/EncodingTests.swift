import SessionInterfaces
import Testing

@testable import SessionNameService

@Suite struct EncodingTests {
    @Test(arguments: 0...24)
    func base58RoundTrip(count: Int) {
        let bytes = SeededRandom(seed: UInt64(count)).bytes(count)
        #expect(Base58.decode(Base58.encode(bytes)) == bytes)
    }

    @Test(arguments: 0...24)
    func base32zRoundTrip(count: Int) {
        let bytes = SeededRandom(seed: UInt64(count)).bytes(count)
        #expect(Base32z.decode(Base32z.encode(bytes)) == bytes)
    }

    /// A character that adds no byte, and bits after the last byte.
    @Test(arguments: ["y", "yyy", "yyyyyy", "yb", "yyyyyyyb9", "l", "ü", "y y"])
    func base32zRefuses(text: String) {
        #expect(Base32z.decode(text) == nil)
    }

    @Test(arguments: [0, 1, 127, 128, 255, 16383, 16384, 1 << 32, UInt64.max - 1, .max])
    func varintRoundTrip(value: UInt64) {
        var bytes = Varint.encode(value)[...]
        #expect(Varint.take(from: &bytes) == value)
        #expect(bytes.isEmpty)
    }

    @Test(arguments: [
        [], [0x80], [0x80, 0x00], [0xff, 0x00], [UInt8](repeating: 0x80, count: 9) + [0x02],
        [UInt8](repeating: 0x80, count: 10) + [0x01], [UInt8](repeating: 0xff, count: 100),
    ])
    func varintRefuses(bytes: [UInt8]) {
        var bytes = bytes[...]
        #expect(Varint.take(from: &bytes) == nil)
    }
}
