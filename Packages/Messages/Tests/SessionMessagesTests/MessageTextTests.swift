import SessionInterfaces
import SessionMessages
import SwiftProtobuf
import Testing

@Suite struct MessageTextTests {
    @Test func writesTheFieldsThatPeersExpect() throws {
        let profile = try Profile(name: "Alice", updatedAt: Timestamp(milliseconds: 1_699_999_999_000))
        let content = try MessageContent.text("h\u{e9}llo", sentAt: moment, profile: profile)
        let expected = "0a180a0668c3a96c6c6faa060d0a05416c69636518ffe1cfaa066000680078fbd095ffbc31"
        #expect(try Hex.encode(content.serialized()) == expected)
        #expect(content.kind == .visible)
        #expect(content.text == "h\u{e9}llo")
        #expect(content.profile == profile)
        #expect(content.sentAt == moment)
        #expect(content.syncTarget == nil)
    }

    @Test func copyForOwnDevicesNamesTheRecipientAndLeavesOutTheProfile() throws {
        let target = Accounts.bob.accountID
        let copy = try MessageContent.text(
            "hello", sentAt: moment, profile: Profile(name: "Alice"), syncTarget: target)
        let expected =
            "0a4c0a0568656c6c6fca0642" + Hex.encode(target.hex.utf8.map { $0 }) + "6000680078fbd095ffbc31"
        #expect(try Hex.encode(copy.serialized()) == expected)
        #expect(copy.syncTarget == target)
        #expect(copy.profile == nil)
    }

    @Test(arguments: [
        "a", "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}", "e\u{301}", " a ", "\u{0}", "日本語", "\u{200b}",
    ])
    func textsAreSentAsTheyAre(body: String) throws {
        let content = try MessageContent(serialized: MessageContent.text(body, sentAt: moment).serialized())
        #expect(content.text.map { Array($0.utf8) } == Array(body.utf8))
    }

    @Test(arguments: ["", " ", "\n\t", "\u{2003}\u{3000}"])
    func emptyTextsAreNotSent(body: String) {
        #expect(throws: MessagesError(.emptyText, "")) { try MessageContent.text(body, sentAt: moment) }
    }

    @Test(arguments: ["a", "\u{e9}", "日", "\u{1f98a}", "\u{301}"])
    func lengthsAreCountedInCodePoints(scalar: String) throws {
        let longest = String(repeating: scalar, count: 2000)
        #expect(try MessageContent.text(longest, sentAt: moment).text == longest)
        #expect(throws: MessagesError(.textTooLong, "")) {
            try MessageContent.text(longest + scalar, sentAt: moment)
        }
    }

    @Test(arguments: [.min, -1, 0, 253_402_300_800_000, .max] as [Int64])
    func timesThatAreNoDatesAreNotSent(milliseconds: Int64) {
        #expect(throws: MessagesError(.invalidTimestamp, "")) {
            try MessageContent.text("hello", sentAt: Timestamp(milliseconds: milliseconds))
        }
    }

    static let family = "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}"

    /// A received text and what is kept of it, as characters and how often each stands there.
    struct LongText: Sendable, CustomTestStringConvertible {
        let parts: [(String, Int)]
        let kept: [(String, Int)]

        var testDescription: String { parts.map { "\($0.debugDescription) × \($1)" }.joined(separator: ", ") }
    }

    static let longTexts = [
        LongText(parts: [("a", 10_000)], kept: [("a", 10_000)]),
        LongText(parts: [("a", 10_001)], kept: [("a", 10_000)]),
        LongText(parts: [("日", 10_000)], kept: [("日", 10_000)]),
        LongText(parts: [("日", 20_000)], kept: [("日", 10_000)]),
        // Five code points each, one character: the cut falls in front of one that does not fit.
        LongText(parts: [(family, 2001)], kept: [(family, 2000)]),
        LongText(parts: [("a", 1), (family, 2000)], kept: [("a", 1), (family, 1999)]),
        LongText(parts: [("a", 9_999), ("e\u{301}", 1)], kept: [("a", 9_999)]),
        // A single character of more code points than are kept leaves nothing.
        LongText(parts: [("e", 1), ("\u{301}", 30_000)], kept: []),
        LongText(parts: [(" ", 10_000), ("a", 1)], kept: []),
        LongText(parts: [(" ", 1), ("\n", 1)], kept: []),
        LongText(parts: [], kept: []),
    ]

    @Test(arguments: longTexts)
    func receivedTextsAreCutBetweenCharacters(text: LongText) throws {
        let protobuf = SessionProtos_Content.with { $0.dataMessage.body = Self.joined(text.parts) }
        let content = try MessageContent(serialized: protobuf.serializedBytes())
        #expect(content.text == (text.kept.isEmpty ? nil : Self.joined(text.kept)))
        #expect(content.kind == .visible)
    }

    private static func joined(_ parts: [(String, Int)]) -> String {
        parts.map { String(repeating: $0, count: $1) }.joined()
    }
}
