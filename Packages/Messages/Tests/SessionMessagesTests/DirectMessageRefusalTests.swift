import SessionCrypto
import SessionInterfaces
import SessionMessages
import SwiftProtobuf
import Testing

/// Every layer of a received message, damaged on its own.
@Suite struct DirectMessageRefusalTests {
    struct Damage: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let code: MessagesError.Code
        let apply: @Sendable (inout Parcel) throws -> Void

        init(
            _ description: String, _ code: MessagesError.Code,
            _ apply: @escaping @Sendable (inout Parcel) throws -> Void
        ) {
            testDescription = description
            self.code = code
            self.apply = apply
        }
    }

    static let damages: [Damage] = [
        Damage("body that is no envelope", .malformedWrapper) { $0.wrapper.request.body = .init([0xff]) },
        Damage("empty body", .malformedWrapper) { $0.wrapper.request.body = .init() },
        Damage("envelope without type", .malformedWrapper) { $0.envelope.clearType() },
        Damage("envelope without time", .malformedWrapper) { $0.envelope.clearTimestamp() },
        Damage("source of 10 characters", .sourceSize) { $0.envelope.source = "0123456789" },
        Damage("source of 65 characters", .sourceSize) { $0.envelope.source = String(repeating: "0", count: 65) },
        Damage("Pro signature of 63 bytes", .proSignatureSize) { $0.envelope.proSig.removeLast() },
        Damage("Pro signature of 65 bytes", .proSignatureSize) { $0.envelope.proSig.append(0) },
        Damage("empty Pro signature", .proSignatureSize) { $0.envelope.proSig = .init() },
        Damage("empty content", .tooShort) { $0.envelope.content = .init() },
        Damage("sealed content of 143 bytes", .tooShort) { $0.envelope.content = .init(repeating: 0, count: 143) },
        Damage("sealed content of 144 zeros", .decryptionFailed) {
            $0.envelope.content = .init(repeating: 0, count: 144)
        },
        Damage("sealed content without its last byte", .decryptionFailed) {
            $0.envelope.content = .init(try $0.sealedContent().dropLast())
        },
        Damage("content that is no protobuf", .malformedContent) {
            $0.envelope.content = .init(try Parcel.seal([0xff]))
        },
        Damage("content with a quote without author", .malformedContent) { $0.content.dataMessage.quote.id = 1 },
        Damage("another time on the envelope", .timestampMismatch) { $0.envelope.timestamp += 1 },
        Damage("another signed time", .timestampMismatch) { $0.content.sigTimestamp -= 1 },
        Damage("no date on the envelope", .invalidTimestamp) {
            $0.envelope.timestamp = 0
            $0.content.clearSigTimestamp()
        },
        Damage("a date after the year 9999", .invalidTimestamp) {
            $0.envelope.timestamp = .max
            $0.content.sigTimestamp = .max
        },
        Damage("Pro without a proof", .malformedProProof) { $0.content.proMessage.msgBitset = 1 },
        Damage("Pro without a signed time", .malformedProProof) {
            $0.content.proMessage.proof = goodProof
            $0.content.clearSigTimestamp()
        },
        Damage("Pro proof of another version", .malformedProProof) {
            $0.content.proMessage.proof = goodProof
            $0.content.proMessage.proof.version = 1
        },
        Damage("Pro proof without version", .malformedProProof) {
            $0.content.proMessage.proof = goodProof
            $0.content.proMessage.proof.clearVersion()
        },
        Damage("Pro proof without expiry", .malformedProProof) {
            $0.content.proMessage.proof = goodProof
            $0.content.proMessage.proof.clearExpiryUnixTs()
        },
        Damage("Pro proof with a short hash", .malformedProProof) {
            $0.content.proMessage.proof = goodProof
            $0.content.proMessage.proof.genIndexHash.removeLast()
        },
        Damage("Pro proof with a long key", .malformedProProof) {
            $0.content.proMessage.proof = goodProof
            $0.content.proMessage.proof.rotatingPublicKey.append(0)
        },
        Damage("Pro proof without signature", .malformedProProof) {
            $0.content.proMessage.proof = goodProof
            $0.content.proMessage.proof.clearSig()
        },
    ]

    @Test(arguments: damages)
    func refuses(damage: Damage) throws {
        var parcel = Parcel()
        try damage.apply(&parcel)
        let data = try parcel.stored()
        #expect(throws: MessagesError(damage.code, "")) { try DirectMessage.decode(data, with: Accounts.bob) }
    }

    static let harmless: [Damage] = [
        Damage("nothing", .malformedWrapper) { _ in },
        Damage("empty source", .sourceSize) { $0.envelope.source = "" },
        Damage("someone else's source", .sourceSize) { $0.envelope.source = Accounts.carol.accountID.hex },
        Damage("no Pro signature", .proSignatureSize) { $0.envelope.clearProSig() },
        Damage("no signed time, as before 2023", .timestampMismatch) { $0.content.clearSigTimestamp() },
        Damage("type of a group message", .malformedWrapper) { $0.envelope.type = .closedGroupMessage },
        Damage("no request type", .malformedWrapper) { $0.wrapper.clearType() },
        Damage("a response too", .malformedWrapper) { $0.wrapper.response.status = 200 },
        Damage("Pro with a proof that does not hold", .malformedProProof) { $0.content.proMessage.proof = goodProof },
        Damage("Pro without proof or signature", .malformedProProof) {
            $0.content.proMessage.msgBitset = 1
            $0.envelope.clearProSig()
        },
    ]

    @Test(arguments: harmless)
    func tolerates(damage: Damage) throws {
        var parcel = Parcel()
        try damage.apply(&parcel)
        let message = try DirectMessage.decode(parcel.stored(), with: Accounts.bob)
        #expect(message.sender == Accounts.alice.accountID)
        #expect(message.content.text == "hello")
        #expect(message.sentAt == moment)
    }

    static let strangeData: [([UInt8], MessagesError.Code)] = [
        ([], .missingRequest),
        ([0x08, 0x01], .missingRequest),
        ([0x08, 0x01, 0x12, 0x06, 0x0a, 0x00, 0x12, 0x00, 0x20, 0x00], .missingBody),
        ([0x08, 0x01, 0x12, 0x0a, 0x0a, 0x00, 0x12, 0x00, 0x1a, 0x02, 0x08, 0x06, 0x20, 0x00], .malformedWrapper),
        ([0x12, 0x0b, 0x1a, 0x09, 0x08, 0x06, 0x28, 0xfb, 0xd0, 0x95, 0xff, 0xbc, 0x31], .missingContent),
        ([0x12], .malformedWrapper),
        ([0x0a], .malformedWrapper),
        ([0x00], .unknownVersion),
        ([0x00, 0x02, 0x05], .unknownVersion),
    ]

    @Test(arguments: strangeData)
    func refuses(data: [UInt8], code: MessagesError.Code) {
        #expect(throws: MessagesError(code, "")) { try DirectMessage.decode(data, with: Accounts.bob) }
    }

    @Test(arguments: [(76_799, true), (76_800, true), (76_801, false), (100_000, false)])
    func readsNoMoreThanASwarmStores(count: Int, isRead: Bool) throws {
        var parcel = Parcel()
        var data = try parcel.stored()
        var filler = 0
        while data.count != count {
            filler += count - data.count
            parcel.wrapper.response.body = .init(repeating: 1, count: filler)
            data = try parcel.stored()
        }
        if isRead {
            #expect(try DirectMessage.decode(data, with: Accounts.bob).sentAt == moment)
        } else {
            #expect(throws: MessagesError(.messageTooLarge, "")) { try DirectMessage.decode(data, with: Accounts.bob) }
        }
    }

    @Test func onlyTheRecipientReadsIt() throws {
        let data = try Parcel().stored()
        for stranger in [Accounts.carol, Accounts.alice] {
            #expect(throws: MessagesError(.decryptionFailed, "")) { try DirectMessage.decode(data, with: stranger) }
        }
    }
}

/// A proof of the right shape, which nobody signed.
private let goodProof = SessionProtos_ProProof.with {
    $0.version = 0
    $0.genIndexHash = .init(repeating: 0, count: 32)
    $0.rotatingPublicKey = .init(repeating: 0, count: 32)
    $0.expiryUnixTs = 1_700_000_000_000
    $0.sig = .init(repeating: 0, count: 64)
}
