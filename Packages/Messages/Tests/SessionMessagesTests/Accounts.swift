import SessionCrypto
import SessionInterfaces
import SessionMessages
import SwiftProtobuf

/// Accounts for these tests.
enum Accounts {
    static let alice = account("0123456789abcdef0123456789abcdef")
    static let bob = account("00112233445566778899aabbccddeeff")
    static let carol = account("000102030405060708090a0b0c0d0e0f")

    static func account(_ entropy: String) -> AccountKeys {
        guard let bytes = Hex.decode(entropy), let keys = try? AccountKeys(entropy: SecretBytes(bytes)) else {
            preconditionFailure("\(entropy) is no entropy")
        }
        return keys
    }
}

/// The moment at which the messages of these tests are sent.
let moment = Timestamp(milliseconds: 1_700_000_000_123)

/// A message from Alice to Bob, built layer by layer without the code under test.
struct Parcel {
    var content = SessionProtos_Content()
    var envelope = SessionProtos_Envelope()
    var wrapper = WebSocketProtos_WebSocketMessage()

    init() {
        content.dataMessage.body = "hello"
        content.sigTimestamp = UInt64(moment.milliseconds)
        envelope.type = .sessionMessage
        envelope.timestamp = UInt64(moment.milliseconds)
        envelope.proSig = .init(repeating: 0x11, count: 64)
        wrapper.type = .request
    }

    /// Closes every layer that is not closed yet, missing required fields or not.
    func stored() throws -> [UInt8] {
        var (envelope, wrapper) = (envelope, wrapper)
        if !envelope.hasContent { envelope.content = .init(try sealedContent()) }
        if !wrapper.request.hasBody { wrapper.request.body = try envelope.serializedBytes(partial: true) }
        return try wrapper.serializedBytes()
    }

    func sealedContent() throws -> [UInt8] { try Self.seal(content.serializedBytes(partial: true)) }

    static func seal(_ content: [UInt8]) throws -> [UInt8] {
        try DirectMessageSeal.seal(
            content + [0x80, 0, 0], from: Accounts.alice.ed25519, to: Accounts.bob.accountID,
            random: SeededRandom(seed: 1))
    }
}
