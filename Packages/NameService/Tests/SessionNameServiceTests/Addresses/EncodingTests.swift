import SessionInterfaces
import Testing

@testable import SessionNameService

@Suite struct EncodingTests {
    /// Around the 136 bytes that are absorbed at a time.
    @Test(arguments: [
        (0, "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"),
        (135, "34367dc248bbd832f4e3e69dfaac2f92638bd0bbd18f2912ba4ef454919cf446"),
        (136, "a6c4d403279fe3e0af03729caada8374b5ca54d8065329a3ebcaeb4b60aa386e"),
        (137, "d869f639c7046b4929fc92a4d988a8b22c55fbadb802c0c66ebcd484f1915f39"),
        (300, "5b7e0e47a96f32a88b4f14ca177982790807c40e1a105742ba0fc1babe1ef826"),
    ])
    func keccak(count: Int, hash: String) {
        #expect(Hex.encode(Keccak256.hash([UInt8](repeating: UInt8(ascii: "a"), count: count))) == hash)
    }

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
