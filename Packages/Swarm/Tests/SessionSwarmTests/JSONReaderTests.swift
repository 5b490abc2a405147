import Testing

@testable import SessionSwarm

@Suite struct JSONReaderTests {
    private func read(_ text: String) throws -> JSONValue { try JSONValue(json: Array(text.utf8)) }

    @Test(
        arguments: [
            ("0", 0), ("-1", -1), (" 1 ", 1), ("9007199254740993", 9_007_199_254_740_993),
            ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
            ("9223372036854775808", .unsigned(9_223_372_036_854_775_808)), ("18446744073709551615", .unsigned(.max)),
            ("18446744073709551616", .number(18_446_744_073_709_551_616)), ("1.5", .number(1.5)),
            ("-2e3", .number(-2000)), ("1E+2", .number(100)), ("true", true), ("false", false), ("null", .null),
            (#""""#, ""), (#""a\"\\\/\b\f\n\r\t""#, "a\"\\/\u{8}\u{c}\n\r\t"), (#""\u00e4\ud83d\ude00é""#, "ä😀é"),
            ("[]", []), ("[ 1 , [ ] , { } ]", [1, [], [:]]),
            (#"{"a":{"b":[null]},"c":"d"}"#, ["a": ["b": [.null]], "c": "d"]),
            (#"{"a":1,"a":2}"#, ["a": 2]),
        ] as [(String, JSONValue)])
    func values(text: String, value: JSONValue) throws {
        #expect(try read(text) == value)
    }

    @Test(arguments: [
        "", " ", "nul", "tru", "nulls", "+1", "01", "-", "1.", ".5", "1e", "1e999", "0x1", "NaN", "Infinity", "'a'",
        "\"", "\"\\", #""\x""#, #""\u12""#, #""\ud800""#, #""\ud800\u0041""#, #""\udc00""#, "\"\n\"", "[", "[1", "[1,",
        "[1,]",
        "[,1]", "[1 2]", "{", "{}}", "{1:2}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{"a":1"#, "1 2",
        String(repeating: "[", count: 33) + String(repeating: "]", count: 33), String(repeating: "9", count: 65),
        String(repeating: #"{"a":"#, count: 1_000_000),
    ])
    func refused(text: String) {
        #expect(throws: SwarmError(.malformedAnswer, "")) { try read(text) }
    }

    @Test func noUTF8() {
        #expect(throws: SwarmError(.malformedAnswer, "")) { try JSONValue(json: [0x22, 0xff, 0x22]) }
        #expect(throws: SwarmError(.malformedAnswer, "")) { try JSONValue(json: [0x22, 0x5c, 0x6e, 0xc0, 0x22]) }
    }

    @Test func endlessLists() {
        let text = "[" + String(repeating: "0,", count: 1_000_000) + "0]"
        #expect(throws: SwarmError(.malformedAnswer, "")) { try read(text) }
    }

    /// Whatever is cut off or changed, reading ends.
    @Test func damagedDocuments() throws {
        let bytes = FakeNetwork.list(Array(FakeNetwork.nodes[..<1])).bytes
        for count in 0..<bytes.count {
            #expect(throws: SwarmError.self) { try JSONValue(json: Array(bytes[..<count])) }
        }
        for position in bytes.indices {
            for byte: UInt8 in [0, 0x22, 0x5c, 0x7b, 0xff] {
                var changed = bytes
                changed[position] = byte
                _ = try? JSONValue(json: changed)
                _ = try? NodeList.nodes(in: changed)
            }
        }
    }
}
