import SessionInterfaces
import Testing

@Suite struct EncodingTests {
    @Test func hexRoundTrip() {
        let bytes = [UInt8](0...255)
        #expect(Hex.decode(Hex.encode(bytes)) == bytes)
        #expect(Hex.decode(Hex.encode(bytes).uppercased()) == bytes)
    }

    @Test(arguments: ["0", "0g", "٠٠", " 00", "00 "])
    func hexRefuses(text: String) {
        #expect(Hex.decode(text) == nil)
    }

    @Test(arguments: 0...50)
    func base64RoundTrip(count: Int) {
        let bytes = SeededRandom(seed: UInt64(count)).bytes(count)
        #expect(Base64.decode(Base64.encode(bytes)) == bytes)
        let bare = Base64.encode(bytes, padded: false)
        #expect(!bare.contains("="))
        #expect(Base64.decode(bare) == bytes)
    }

    @Test(arguments: ["A", "AAAAA", "A=", "====", "AA-_", "AA A", "AAé=", "AA==AA==", "AAA=AAAA"])
    func base64Refuses(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test func messageHashHas43Characters() {
        let hash = MessageHash(digest: Bytes32())
        #expect(hash.text.count == MessageHash.length)
        #expect(MessageHash(hash.text) == hash)
        #expect(MessageHash(hash.text + "=") == nil)
        #expect(MessageHash(String(hash.text.dropLast())) == nil)
    }
}
