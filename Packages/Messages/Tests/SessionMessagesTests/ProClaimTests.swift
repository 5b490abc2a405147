import SessionCrypto
import SessionInterfaces
import SessionMessages
import SwiftProtobuf
import Testing

@Suite struct ProClaimTests {
    private static let backend = Ed25519KeyPair.generate(from: SeededRandom(seed: 1))
    private static let rotating = Ed25519KeyPair.generate(from: SeededRandom(seed: 2))
    private static let expiry = Timestamp(milliseconds: 1_800_000_000_000)

    private static func proof(_ form: ProProof.Form) -> ProProof {
        let make = { (signature: [UInt8]) in
            ProProof(
                form, revocationTag: Accounts.carol.ed25519.publicKey.bytes, rotatingKey: rotating.publicKey,
                expiry: expiry, signature: signature)
        }
        return make(backend.sign(make([]).signedBytes))
    }

    private static func wire(_ proof: ProProof) -> SessionProtos_ProProof {
        .with {
            if proof.form == .hashed { $0.version = 0 }
            $0.genIndexHash = .init(proof.revocationTag.bytes)
            $0.rotatingPublicKey = .init(proof.rotatingKey.bytes.bytes)
            $0.expiryUnixTs = UInt64(proof.expiry.milliseconds / (proof.form == .hashed ? 1 : 1000))
            $0.sig = .init(proof.signature)
        }
    }

    private func read(_ message: SessionProtos_ProMessage) throws -> ProClaim? {
        let content = SessionProtos_Content.with { $0.proMessage = message }
        return try MessageContent(serialized: content.serializedBytes()).proClaim
    }

    @Test(arguments: ProProof.Form.allCases)
    func bothFormsAreRead(form: ProProof.Form) throws {
        let proof = Self.proof(form)
        let claim = try #require(
            try read(.with { ($0.proof, $0.profileBitset, $0.msgBitset) = (Self.wire(proof), 3, 1) }))
        #expect(claim.proof == proof)
        #expect(claim.profileFeatures == [.badge, .animatedPicture])
        #expect(claim.messageFeatures == .longText)
        #expect(
            claim.proof.status(
                with: Self.rotating.sign([1]), of: [1], at: moment, backend: Self.backend.publicKey) == .valid)
    }

    private static let breaks: [@Sendable (inout SessionProtos_ProProof) -> Void] = [
        { $0.version = 1 }, { $0.genIndexHash.removeLast() }, { $0.rotatingPublicKey.append(0) },
        { $0.sig.removeLast() }, { $0.clearExpiryUnixTs() }, { $0.expiryUnixTs = .max },
    ]

    @Test(arguments: breaks.indices, ProProof.Form.allCases)
    func brokenProofsClaimNothing(index: Int, form: ProProof.Form) throws {
        var proof = Self.wire(Self.proof(form))
        Self.breaks[index](&proof)
        #expect(try read(.with { $0.proof = proof }) == nil)
        #expect(try read(.with { $0.profileBitset = 1 }) == nil)
    }

    @Test func messagesWithoutProClaimNothing() throws {
        #expect(try MessageContent.text("hi", sentAt: moment).proClaim == nil)
    }
}
