import SessionInterfaces
import SessionMessages
import SwiftProtobuf
import Testing

@Suite struct ProfileTests {
    @Test(arguments: [" Alice\n", "\u{feff}Alice\u{200b}", "Alice", "\u{200f}\u{2060} Alice\u{200e} "])
    func namesAreTrimmed(name: String) throws {
        #expect(try Profile(name: name).name == "Alice")
        #expect(try received(.with { $0.displayName = name })?.name == "Alice")
    }

    @Test func marksInsideANameStay() throws {
        let name = "\u{1f468}\u{200d}\u{1f469} Doe"
        #expect(try Profile(name: name).name == name)
    }

    @Test(arguments: [
        "", " ", "\u{200b}\u{feff}", String(repeating: "a", count: 101), String(repeating: "\u{e9}", count: 51),
    ])
    func unusableNamesAreNotSent(name: String) {
        #expect(throws: MessagesError(.invalidProfileName, "")) { try Profile(name: name) }
    }

    @Test(arguments: [String(repeating: "a", count: 100), String(repeating: "\u{e9}", count: 50)])
    func namesOfAHundredBytesAreSent(name: String) throws {
        #expect(try Profile(name: name).name == name)
    }

    @Test func longNamesOfPeersAreCutBetweenCharacters() throws {
        let name = "a" + String(repeating: "\u{e9}", count: 60)
        #expect(try received(.with { $0.displayName = name })?.name == "a" + String(repeating: "\u{e9}", count: 49))
    }

    @Test func profilesWithoutNameSayNothing() throws {
        #expect(try received(.with { $0.displayName = " " }) == nil)
        #expect(try received(.with { $0.profilePicture = "http://x" }) == nil)
    }

    @Test(
        arguments: [(0, nil), (1, 1000), (253_402_300_799, 253_402_300_799_000), (253_402_300_800, nil), (.max, nil)]
            as [(UInt64, Int64?)])
    func ageOfAProfile(seconds: UInt64, milliseconds: Int64?) throws {
        let profile = try received(.with { ($0.displayName, $0.lastUpdateSeconds) = ("Alice", seconds) })
        #expect(profile?.updatedAt == milliseconds.map(Timestamp.init))
    }

    @Test func requestResponsesCarryAProfileToo() throws {
        var protobuf = SessionProtos_Content()
        protobuf.messageRequestResponse.isApproved = true
        protobuf.messageRequestResponse.profile.displayName = "Bob"
        #expect(try MessageContent(serialized: protobuf.serializedBytes()).profileName == "Bob")
    }

    @Test func changesAreDatedInWholeSeconds() throws {
        let profile = try Profile(name: "Alice", updatedAt: moment)
        #expect(profile.updatedAt == Timestamp(milliseconds: 1_700_000_000_000))
        #expect(throws: MessagesError(.invalidTimestamp, "")) {
            try Profile(name: "Alice", updatedAt: Timestamp(milliseconds: -1))
        }
    }

    private func received(_ profile: SessionProtos_LokiProfile) throws -> Profile? {
        let protobuf = SessionProtos_Content.with { $0.dataMessage.profile = profile }
        return try MessageContent(serialized: protobuf.serializedBytes()).profile
    }
}
