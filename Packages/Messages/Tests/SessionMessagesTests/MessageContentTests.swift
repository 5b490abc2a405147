import SessionInterfaces
import SessionMessages
import SwiftProtobuf
import Testing

@Suite struct MessageContentTests {
    /// The text of Alice's account ID.
    static let account = Hex.encode(Array(Accounts.alice.accountID.hex.utf8))

    static let samples: [(String, MessageContent.Kind)] = [
        ("0a170a0568656c6c6faa060d0a05416c69636518ffe1cfaa066000680078fbd095ffbc31", .visible),
        ("0a050a0362796560026880a30578fbd095ffbc31", .visible),
        ("0a525a5008f08195ffbc311242\(account)1a013a20006000680078fbd095ffbc31", .reaction),
        ("0a022002600168901c78fbd095ffbc31", .timerUpdate),
        ("320908fbd095ffbc31100078fbd095ffbc31", .typing),
        ("2a10080110f08195ffbc3110d88995ffbc3178fbd095ffbc31", .receipt),
        ("4a4b08f08195ffbc311242\(account)78fbd095ffbc31", .unsend),
        ("5202080178fbd095ffbc31", .requestResponse),
        ("4209080210f08195ffbc316000680078fbd095ffbc31", .dataExtraction),
        ("1a0708062a03612d626000680078fbd095ffbc31", .call),
        ("0a07c20704320208016000680078fbd095ffbc31", .groupUpdate),
        ("7801", .none),
        ("", .none),
    ]

    @Test(arguments: samples)
    func tellsKindsApartAndWritesThemBack(hex: String, kind: MessageContent.Kind) throws {
        let content = try MessageContent(serialized: #require(Hex.decode(hex)))
        #expect(content.kind == kind)
        #expect(try Hex.encode(content.serialized()) == hex)
    }

    @Test func ofSeveralPayloadsTheFirstKindWins() throws {
        var protobuf = SessionProtos_Content()
        protobuf.callMessage = .with { ($0.type, $0.uuid) = (.endCall, "a-b") }
        #expect(try content(protobuf).kind == .call)
        protobuf.dataMessage.body = "hello"
        #expect(try content(protobuf).kind == .visible)
        protobuf.unsendRequest = .with { ($0.timestamp, $0.author) = (1, "x") }
        #expect(try content(protobuf).kind == .unsend)
        protobuf.dataMessage.flags = 2
        #expect(try content(protobuf).kind == .timerUpdate)
        protobuf.receiptMessage.type = .read
        #expect(try content(protobuf).kind == .receipt)
    }

    @Test func readsPackedTimestamps() throws {
        let packed = try MessageContent(
            serialized: #require(Hex.decode("2a100801120cf08195ffbc31d88995ffbc3178fbd095ffbc31")))
        #expect(packed.protobuf.receiptMessage.timestamp == [1_699_999_990_000, 1_699_999_991_000])
    }

    static let withFutureFields = [
        // Beside the payloads, inside the data message, and inside its profile.
        "0a040a0268696000680078fbd095ffbc31c20c06667574757265",
        "0a070a026869c20c0078fbd095ffbc31",
        "0a0baa06080a0161c20c02686978fbd095ffbc31",
        // An expiration type that nobody knows yet, and a group with another group in it.
        "0a040a026869600978fbd095ffbc31",
        "0a040a02686978fbd095ffbc31cb0cd30cd40ccc0c",
    ]

    @Test(arguments: withFutureFields)
    func unknownFieldsSurvive(hex: String) throws {
        let content = try MessageContent(serialized: #require(Hex.decode(hex)))
        #expect(content.kind == .visible)
        #expect(content.sentAt == moment)
        let again = try MessageContent(serialized: content.serialized())
        #expect(again == content)
        // A field that is unknown stands at the end of its message, so only the order may change.
        #expect(try content.serialized().sorted() == Hex.decode(hex)?.sorted())
    }

    static let unreadable = [
        "required attachment ID missing": "0a1f121d1209696d6167652f706e67aa060f687474703a2f2f782f66696c652f31",
        "required enum of unknown value": "2a020807",
        "text that is no UTF-8": "0a040a02c328",
        "field number 0": "0001",
        "wire type 7": "0f",
        "group that ends nowhere": "0b",
        "group end without a group": "0c",
        "truncated text": "0a040a0468",
        "endless number": "78ffffffffffffffffffffff01",
        "sync target of another kind": "0a05ca06023035",
    ]

    @Test(arguments: unreadable.sorted(by: <))
    func refuses(reason: String, hex: String) throws {
        let bytes = try #require(Hex.decode(hex))
        #expect(throws: MessagesError(.malformedContent, ""), "\(reason)") { try MessageContent(serialized: bytes) }
    }

    @Test func refusesGroupsNestedDeeply() {
        let depth = 30_000
        let bytes = [UInt8](repeating: 0x0b, count: depth) + [UInt8](repeating: 0x0c, count: depth)
        #expect(throws: MessagesError(.malformedContent, "")) { try MessageContent(serialized: bytes) }
    }

    @Test(arguments: [0, 253_402_300_800_000, 1 << 63, .max] as [UInt64])
    func timesThatAreNoDatesCountAsNone(milliseconds: UInt64) throws {
        #expect(try content(.with { $0.sigTimestamp = milliseconds }).sentAt == nil)
    }

    @Test func describesItselfWithoutItsText() throws {
        let content = try MessageContent.text("secret", sentAt: moment)
        #expect("\(content)" == "MessageContent(visible)")
        #expect(String(reflecting: content) == "MessageContent(visible)")
    }

    @Test func lifetimes() {
        #expect(MessageContent.Kind.typing.lifetime == .milliseconds(20_000))
        #expect(MessageContent.Kind.call.lifetime == .milliseconds(300_000))
        for kind in MessageContent.Kind.allCases where kind != .typing && kind != .call {
            #expect(kind.lifetime == .milliseconds(1_209_600_000))
        }
    }

    private func content(_ protobuf: SessionProtos_Content) throws -> MessageContent {
        try MessageContent(serialized: protobuf.serializedBytes())
    }
}
