import SessionCrypto
import SessionInterfaces
import SessionMessages
import Synchronization
import Testing

@Suite struct KnownAnswerTests {
    typealias Reference = KnownMessages.Reference

    @Test func writesTheReferenceMessage() throws {
        let content = try MessageContent(serialized: #require(Hex.decode(Reference.content)))
        let draws = try [Reference.ephemeralSecret, Reference.decoySeed].map { try #require(Hex.decode($0)) }
        let stored = try DirectMessage.encode(
            content, from: Accounts.account(Reference.senderSeed),
            to: Accounts.account(Reference.recipientSeed).accountID, random: ScriptedRandom(draws))
        #expect(Hex.encode(stored) == Reference.stored)
    }

    @Test func readsTheReferenceMessage() throws {
        let message = try DirectMessage.decode(
            #require(Hex.decode(Reference.stored)), with: Accounts.account(Reference.recipientSeed))
        #expect(message.sender == Accounts.account(Reference.senderSeed).accountID)
        #expect(message.senderKey == Accounts.account(Reference.senderSeed).ed25519.publicKey)
        #expect(try Hex.encode(message.content.serialized()) == Reference.content)
        #expect(message.sentAt == message.content.sentAt)
        #expect(message.proSignature?.count == 64)
    }

    @Test func readsOldMobileClients() throws {
        let data = try #require(Hex.decode(KnownMessages.fromOldMobileClient))
        let message = try DirectMessage.decode(data, with: Accounts.bob)
        #expect(message.sender == Accounts.alice.accountID)
        #expect(message.content.text == "h\u{e9}llo")
        #expect(message.content.profileName == "Alice")
        #expect(message.sentAt == moment)
        #expect(message.proSignature == nil)
    }

    static let refused: [(String, MessagesError.Code)] = [
        (KnownMessages.forwarded, .badSignature),
        (KnownMessages.fromKeyOfMixedOrder, .badSenderKey),
    ]

    @Test(arguments: refused)
    func refusesFalseSenders(stored: String, code: MessagesError.Code) throws {
        let data = try #require(Hex.decode(stored))
        #expect(throws: MessagesError(code, "")) { try DirectMessage.decode(data, with: Accounts.bob) }
    }
}

/// Randomness that hands out the given bytes in their order.
private final class ScriptedRandom: RandomSource {
    private let draws: Mutex<[[UInt8]]>

    init(_ draws: [[UInt8]]) { self.draws = Mutex(draws) }

    func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        let draw = draws.withLock { $0.removeFirst() }
        precondition(draw.count == buffer.count)
        buffer.copyBytes(from: draw)
    }
}
