import SessionInterfaces
import Testing

@Suite struct VocabularyTests {
    @Test(arguments: [
        ("127.0.0.1", 0x7f00_0001), ("0.0.0.0", 0), ("255.255.255.255", 0xffff_ffff), ("1.2.3.4", 0x0102_0304),
    ])
    func readsAddresses(text: String, value: Int) {
        #expect(IPv4Address(text)?.value == UInt32(value))
        #expect(IPv4Address(text)?.description == text)
    }

    @Test(arguments: ["", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.-4", "1.2.3.+4", "1..2.3", "a.b.c.d", "1.2.3.0004"])
    func refusesAddresses(text: String) {
        #expect(IPv4Address(text) == nil)
    }

    @Test(arguments: [
        (0, true, false, false), (10, true, false, false), (-10, true, false, false), (2, false, false, false),
        (11, false, false, false), (-1, false, true, false), (-21, false, true, false), (-11, false, false, true),
        (-111, false, false, true), (-31, false, false, false), (Int(Int16.min), false, false, false),
    ])
    func namespaceClasses(number: Int, inbox: Bool, outbox: Bool, unrevocable: Bool) {
        let namespace = Namespace(rawValue: Int16(number))
        #expect(namespace.isPublicInbox == inbox)
        #expect(namespace.isPublicOutbox == outbox)
        #expect(namespace.isUnrevocable == unrevocable)
    }

    @Test func signedTextOfNamespaceZeroIsEmpty() {
        #expect(Namespace.messages.signedText.isEmpty)
        #expect(Namespace.revokedGroupMessages.signedText == "-11")
    }

    @Test func timestampsAddDurations() {
        let moment = Timestamp(milliseconds: 1_700_000_000_000)
        #expect((moment + .seconds(1.5)).milliseconds == 1_700_000_001_500)
        #expect((moment + .days(14)) - moment == .days(14))
    }

    @Test func timestampsStopAtTheEndsOfTime() {
        let (first, last) = (Timestamp(milliseconds: .min), Timestamp(milliseconds: .max))
        #expect(last + .seconds(1) == last)
        #expect(first - .seconds(1) == first)
        #expect(last - .seconds(-1) == last)
        #expect(first + .seconds(-1) == first)
        #expect(last - first == .milliseconds(Int64.max))
        #expect(first - last == .milliseconds(Int64.min))
    }

    @Test func bytes32TakesExactly32() {
        #expect(Bytes32([UInt8](repeating: 1, count: 32))?.bytes == [UInt8](repeating: 1, count: 32))
        #expect(Bytes32([UInt8](repeating: 1, count: 31)) == nil)
        #expect(Bytes32([UInt8](repeating: 1, count: 33)) == nil)
        #expect(Bytes32(0..<32) != nil)
    }

    @Test func bytes32OrdersByFirstByte() throws {
        let low = try #require(Bytes32([0] + [UInt8](repeating: 255, count: 31)))
        let high = try #require(Bytes32([1] + [UInt8](repeating: 0, count: 31)))
        #expect(low < high)
    }

    @Test func publicNetworksPinEverySeed() {
        for seed in Network.mainnet.seeds {
            guard case .pinnedPublicKeys(let pins) = seed.trust else {
                Issue.record("\(seed.origin) is not pinned")
                continue
            }
            #expect(pins.count == 1)
        }
    }
}
