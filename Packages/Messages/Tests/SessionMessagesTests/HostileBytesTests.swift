import SessionInterfaces
import SessionMessages
import SwiftProtobuf
import Testing

/// Bytes from anyone: whatever they are, they are refused with an error of this layer, or say what their sender signed.
@Suite struct HostileBytesTests {
    static let message = Result {
        try DirectMessage.encode(
            .text("hello", sentAt: moment), from: Accounts.alice, to: Accounts.bob.accountID,
            random: SeededRandom(seed: 1))
    }

    @Test func noPartOfAMessageIsAMessage() throws {
        let data = try Self.message.get()
        for length in 0..<data.count {
            #expect(throws: MessagesError.self) {
                try DirectMessage.decode(Array(data.prefix(length)), with: Accounts.bob)
            }
        }
    }

    @Test(arguments: 0..<8)
    func noFlippedBitChangesWhatIsRead(bit: Int) throws {
        let data = try Self.message.get()
        let original = try DirectMessage.decode(data, with: Accounts.bob)
        for position in data.indices {
            var changed = data
            changed[position] ^= 1 << bit
            guard let message = read(changed) else { continue }
            #expect(message.content == original.content, "position \(position)")
            #expect(message.sender == original.sender, "position \(position)")
            #expect(message.sentAt == original.sentAt, "position \(position)")
        }
    }

    @Test(arguments: 0..<20)
    func randomBytesAreNoMessage(seed: UInt64) throws {
        let random = SeededRandom(seed: seed)
        for length in 0..<200 {
            #expect(read(random.bytes(length)) == nil)
        }
    }

    @Test(arguments: 0..<20)
    func randomBytesInsideTheWrapperAreNoMessage(seed: UInt64) throws {
        let random = SeededRandom(seed: seed)
        for length in 0..<200 {
            var parcel = Parcel()
            parcel.envelope.content = .init(random.bytes(length))
            #expect(read(try parcel.stored()) == nil)
            parcel.wrapper.request.body = .init(random.bytes(length))
            #expect(read(try parcel.stored()) == nil)
        }
    }

    @Test(arguments: 0..<20)
    func randomContentsAreReadOrRefused(seed: UInt64) throws {
        let random = SeededRandom(seed: seed)
        for length in 0..<100 {
            let bytes = random.bytes(length)
            guard let message = read(try stored(content: bytes)) else { continue }
            touch(message.content)
        }
    }

    @Test(arguments: 0..<20)
    func damagedContentsAreReadOrRefused(seed: UInt64) throws {
        var generator = SeededRandom(seed: seed).generator
        var content = Parcel().content
        content.dataMessage.profile.displayName = "Alice"
        content.dataMessage.syncTarget = Accounts.bob.accountID.hex
        content.dataMessage.quote = .with { ($0.id, $0.author) = (1, "x") }
        let bytes: [UInt8] = try content.serializedBytes()
        for _ in 0..<200 {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let position = Int.random(in: damaged.indices, using: &generator)
                damaged[position] = .random(in: 0...255, using: &generator)
            }
            guard let content = try? MessageContent(serialized: damaged) else { continue }
            touch(content)
        }
    }

    /// Nil when the bytes are refused, as they should be.
    private func read(_ data: [UInt8]) -> ReceivedMessage? { try? DirectMessage.decode(data, with: Accounts.bob) }

    private func stored(content: [UInt8]) throws -> [UInt8] {
        var parcel = Parcel()
        parcel.envelope.content = .init(try Parcel.seal(content))
        return try parcel.stored()
    }

    /// Reads everything that is computed on demand.
    private func touch(_ content: MessageContent) {
        #expect((content.text?.unicodeScalars.count ?? 1) <= MessageLimits.receivedTextLength)
        #expect((content.profileName?.utf8.count ?? 1) <= MessageLimits.profileNameByteCount)
        #expect(MessageContent.Kind.allCases.contains(content.kind))
        #expect((content.sentAt?.milliseconds ?? 1) > 0)
        #expect(throws: Never.self) { try MessageContent(serialized: content.serialized()) }
    }
}
