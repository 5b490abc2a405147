import SessionInterfaces
import Testing

@Suite struct BencodedTests {
    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test(
        arguments: [
            ("i3e", .integer(3)), ("i0e", .integer(0)), ("i-42e", .integer(-42)),
            ("i9223372036854775807e", .integer(.max)), ("i-9223372036854775808e", .integer(.min)),
            ("0:", .bytes([])), ("2:hi", .bytes(Array("hi".utf8))), ("le", .list([])), ("de", .dictionary([])),
            ("ll1:aei7ee", .list([.strings([[0x61]]), .integer(7)])),
            ("d1:B1:x1:ai1ee", .dictionary([.init("B", .bytes([0x78])), .init("a", .integer(1))])),
        ] as [(String, Bencoded)])
    func readsWhatItWrites(text: String, value: Bencoded) {
        #expect(value.encoded == bytes(text))
        #expect(Bencoded(bytes(text)) == value)
    }

    @Test func keysAreWrittenInByteOrder() {
        let value = Bencoded.dictionary([.init("a", .integer(1)), .init("", .integer(2)), .init("Z", .list([]))])
        #expect(value.encoded == bytes("d0:i2e1:Zle1:ai1ee"))
    }

    @Test(arguments: [
        "", "ie", "i-e", "i1", "i1.0e", "i+1e", "i 1e", "i-9223372036854775809e", "i9223372036854775808e", "ie5", "i",
        "i99999999999999999999e", "5:abcd", "3abc", ":abc", "-1:a", "18446744073709551615:a",
        "99999999999999999999:a", "li1e", "d1:a", "d1:ae", "di1ei2ee", "e", "l", "d", "x", " i1e",
    ])
    func refusesEvenWhenTolerant(text: String) {
        #expect(Bencoded(bytes(text)) == nil)
        #expect(Bencoded(bytes(text), tolerating: .deployed) == nil)
    }

    @Test(
        arguments: [
            ("i007e", .leadingZeros, .integer(7)), ("i-0e", .leadingZeros, .integer(0)),
            ("02:hi", .leadingZeros, .bytes(Array("hi".utf8))), ("i1ei2e", .trailingBytes, .integer(1)),
            (
                "d1:bi1e1:ai2e1:bi3e1:ci4ee", .disorderedKeys,
                .dictionary([.init("b", .integer(1)), .init("c", .integer(4))])
            ),
        ] as [(String, BencodeReader.Tolerances, Bencoded)])
    func eachToleranceIsForOneForm(text: String, tolerance: BencodeReader.Tolerances, value: Bencoded) {
        #expect(Bencoded(bytes(text), tolerating: tolerance) == value)
        #expect(Bencoded(bytes(text), tolerating: .deployed.subtracting(tolerance)) == nil)
    }

    @Test func depthIsBounded() {
        func nested(_ depth: Int) -> [UInt8] {
            bytes(String(repeating: "l", count: depth) + String(repeating: "e", count: depth))
        }
        #expect(Bencoded(nested(BencodeReader.greatestDepth)) != nil)
        #expect(Bencoded(nested(BencodeReader.greatestDepth + 1)) == nil)
        #expect(Bencoded([UInt8](repeating: UInt8(ascii: "l"), count: 1_000_000)) == nil)
    }

    @Test func countIsBounded() {
        let value = Bencoded.list([.integer(1), .list([.bytes([])])])
        #expect(Bencoded(value.encoded, maximumCount: 4) == value)
        #expect(Bencoded(value.encoded, maximumCount: 3) == nil)
        #expect(Bencoded(bytes("l" + String(repeating: "0:", count: Bencoded.usualMaximumCount) + "e")) == nil)
    }

    @Test func everyTruncationIsRefused() {
        let encoded = Bencoded.dictionary([
            .init("#", .bytes([1, 2, 3])), .init("e", .strings([[4], []])), .init("n", .integer(-5)),
        ]).encoded
        for count in encoded.indices { #expect(Bencoded(Array(encoded[..<count]), tolerating: .deployed) == nil) }
    }

    @Test func noBytesTrap() {
        let random = SeededRandom(seed: 5)
        let alphabet = bytes("ilde:-0123456789ab")
        for _ in 0..<5000 {
            let noise = random.bytes(24).map { alphabet[Int($0) % alphabet.count] }
            // What is read strictly is written back as it was.
            if let value = Bencoded(noise) { #expect(value.encoded == noise) }
            _ = Bencoded(noise, tolerating: .deployed)
        }
    }

    @Test func partsAreNamedOrAbsent() {
        let value = Bencoded.dictionary([.init("a", .integer(1)), .init("b", .strings([[2]]))])
        #expect(value["a"]?.integer == 1)
        #expect(value["b"]?.strings == [[2]])
        #expect(value["c"] == nil)
        #expect(value["a"]?.bytes == nil)
        #expect(value.list == nil)
        #expect(Bencoded.list([.integer(1), .bytes([])]).strings == nil)
        #expect(Bencoded.integer(1)["a"] == nil)
    }

    /// A signature over part of a message needs to know where that part ends.
    @Test func theReaderTellsWhereItStands() {
        var reader = BencodeReader(bytes("d1:ai1e1:~2:xxe"))
        #expect(reader.next == .dictionary && reader.enterDictionary())
        #expect(reader.string() == [UInt8(ascii: "a")])
        #expect(reader.string() == nil && reader.position == 4)
        #expect(reader.value() == .integer(1))
        let end = reader.position
        #expect(end == 7 && reader.string() == [UInt8(ascii: "~")] && reader.string()?.count == 2)
        #expect(reader.next == .end && reader.leave() && reader.isAtEnd && reader.next == nil)
    }
}
