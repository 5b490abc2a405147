import SessionCrypto
import SessionInterfaces
import Testing

@testable import SessionSwarm

@Suite struct PushFeedTests {
    private static let account = FakeNetwork.ownedAccount()

    @Test func namespacesAreSortedAndUnique() throws {
        let request = try MonitorRequest(
            Self.account, [.contacts, .messages, .contacts], includesData: false,
            credential: .owner(FakeNetwork.owner), signedAt: FakeNetwork.now + .milliseconds(999))
        #expect(request.bencoded["n"]?.list == [.integer(0), .integer(3)])
        #expect(request.bencoded["t"]?.integer == 1_700_000_000)
        #expect(request.bencoded["p"] == nil)
        #expect(throws: SwarmError(.invalidRequest, "")) {
            try MonitorRequest(
                Self.account, [], includesData: true, credential: .owner(FakeNetwork.owner), signedAt: FakeNetwork.now)
        }
    }

    private func notification(_ changes: [String: Bencoded?] = [:]) -> [UInt8] {
        var fields: [String: Bencoded?] = [
            "@": .bytes(Self.account.bytes),
            "h": .bytes(Array(MessageHash.of(account: Self.account, namespace: .messages, data: [1]).text.utf8)),
            "n": .integer(0), "t": .integer(5), "z": .integer(6), "~": .bytes([1]),
        ]
        fields.merge(changes) { _, new in new }
        return Bencoded.dictionary(fields.compactMap { key, value in value.map { .init(key, $0) } }).encoded
    }

    @Test func notifications() throws {
        let whole = try MonitorNotification(decoding: notification(["new": .integer(1)]))
        #expect(whole.account == Self.account && whole.data == [1] && whole.isGenuine)
        #expect(try MonitorNotification(decoding: notification(["~": nil])).data == nil)
        #expect(try MonitorNotification(decoding: notification(["~": .bytes([2])])).isGenuine == false)
    }

    @Test(arguments: ["@", "h", "n", "t", "z"])
    func notificationsNeedTheirFields(field: String) {
        for value: Bencoded? in [nil, .integer(99_999), .integer(-1), .bytes([]), .list([])] {
            if field == "t" || field == "z", value == .integer(99_999) { continue }
            if field == "n", value == .integer(-1) { continue }
            #expect(throws: SwarmError(.malformedAnswer, "")) {
                try MonitorNotification(decoding: notification([field: value]))
            }
        }
    }

    @Test func damagedNotifications() {
        let bytes = notification()
        for count in 0..<bytes.count {
            #expect(throws: SwarmError.self) { try MonitorNotification(decoding: Array(bytes[..<count])) }
        }
    }

    @Test func replies() throws {
        #expect(try MonitorReply(.dictionary([.init("success", .integer(1))])) == .subscribed)
        let refusal = Bencoded.dictionary([
            .init("errcode", .integer(5)), .init("error", .bytes(Array("bad\u{7}".utf8))),
        ])
        #expect(try MonitorReply(refusal) == .refused(code: 5, reason: "bad"))
        #expect(throws: SwarmError(.malformedAnswer, "")) { try MonitorReply(.list([])) }
    }

    @Test func framesInPieces() throws {
        let frames: [StreamFrame] = [
            .command(number: 1, endpoint: "info", body: Array("{}".utf8)), .reply(number: -1, body: []),
            .failure(number: 7, body: [0, 255]),
        ]
        let stream = frames.flatMap(\.framed)
        for size in 1...stream.count {
            var cutter = StreamFrames()
            var messages: [[UInt8]] = []
            for start in stride(from: 0, to: stream.count, by: size) {
                messages += try cutter.take(Array(stream[start..<min(start + size, stream.count)]))
            }
            #expect(try messages.map { try StreamFrame(decoding: $0) } == frames)
        }
    }

    @Test(arguments: [":", "a", "-1:", " 1:", "10000001:", "999999999", "123456789012:"])
    func lengthsThatAreNone(text: String) {
        var cutter = StreamFrames()
        #expect(throws: SwarmError(.malformedAnswer, "")) { try cutter.take(Array(text.utf8)) }
    }

    @Test(arguments: [
        "", "le", "i1e", "l1:Xi1e0:e", "l1:Ci1e4:infoe", "l1:Ri1ei2ee", "l1:R1:10:e", "l1:Ri1e0:", "l1:Ri1e0:0:e",
    ])
    func messagesThatAreNone(text: String) {
        #expect(throws: SwarmError(.malformedAnswer, "")) { try StreamFrame(decoding: Array(text.utf8)) }
    }
}

@Suite struct MessageTransferTests {
    private func message(_ number: UInt8, size: Int = 3) -> MessageTransfer.Message {
        .init(
            account: FakeNetwork.account, hash: Array(MessageHash.numbered(number).text.utf8),
            timestamp: FakeNetwork.now,
            expiry: FakeNetwork.now + .days(1), data: [UInt8](repeating: number, count: size))
    }

    @Test func partsHoldAllMessages() throws {
        let messages = (0..<20).map { message($0, size: 100) }
        for limit in [1, 200, 1000, 100_000] {
            let parts = MessageTransfer.encode(messages, limit: limit)
            #expect(try parts.flatMap { try MessageTransfer.decode($0) } == messages)
            if limit >= 200 { #expect(parts.allSatisfy { $0.count <= max(limit, 300) }) }
        }
        #expect(MessageTransfer.encode([]).isEmpty)
    }

    @Test func damagedParts() {
        let part = MessageTransfer.encode([message(1)])[0]
        for count in 0..<part.count {
            #expect(throws: SwarmError(.malformedAnswer, "")) { try MessageTransfer.decode(Array(part[..<count])) }
        }
        for bytes in [[2] + part.dropFirst(), part + [0], [1] + Array("l".utf8) + Array("i1ee".utf8)] {
            #expect(throws: SwarmError(.malformedAnswer, "")) { try MessageTransfer.decode(bytes) }
        }
    }
}
