import SessionInterfaces
import Testing

@testable import SessionCrypto

/// Messages that decrypt, but are not what their sender's key claims.
@Suite struct ForgedSenderTests {
    private let plaintext = Array("pay Mallory".utf8)
    private let alice: AccountKeys
    private let bob: AccountKeys
    private let mallory: AccountKeys

    init() throws {
        alice = AccountKeys.generate(from: SeededRandom(seed: 1))
        bob = try AccountKeys(entropy: secret("00112233445566778899aabbccddeeff"))
        mallory = AccountKeys.generate(from: SeededRandom(seed: 3))
    }

    /// A box to `recipient` that holds `plaintext`, `senderKey` and `signature`.
    private func box(
        senderKey: Ed25519PublicKey, signature: [UInt8], to recipient: AccountKeys
    ) throws -> [UInt8] {
        let body = plaintext + senderKey.bytes.bytes + signature
        return try DirectMessageSeal.box(
            body.count, to: recipient.x25519.publicKey, .ephemeral(from: SeededRandom(seed: 4))
        ) { $0.copyBytes(from: body) }
    }

    private func signature(
        by signer: AccountKeys, naming sender: AccountKeys, for recipient: AccountKeys
    ) -> [UInt8] {
        signer.ed25519.sign(plaintext + sender.ed25519.publicKey.bytes.bytes + recipient.x25519.publicKey.bytes.bytes)
    }

    @Test func boxesMadeHereOpenWhenTheyAreHonest() throws {
        let honest = try box(
            senderKey: alice.ed25519.publicKey, signature: signature(by: alice, naming: alice, for: bob), to: bob)
        #expect(try DirectMessageSeal.open(honest, with: bob.x25519).sender == alice.accountID)
    }

    @Test func signatureByAnotherKeyIsRefused() throws {
        let forged = try box(
            senderKey: alice.ed25519.publicKey, signature: signature(by: mallory, naming: alice, for: bob), to: bob)
        #expect(throws: CryptoError(.badSignature, "")) { try DirectMessageSeal.open(forged, with: bob.x25519) }
    }

    @Test func signatureThatNamesAnotherIsRefused() throws {
        let forged = try box(
            senderKey: mallory.ed25519.publicKey, signature: signature(by: mallory, naming: alice, for: bob), to: bob)
        #expect(throws: CryptoError(.badSignature, "")) { try DirectMessageSeal.open(forged, with: bob.x25519) }
    }

    /// Mallory received a message of Alice's and passes it on to Bob as if it were for him.
    @Test func messageForSomebodyElseIsRefused() throws {
        let passedOn = try box(
            senderKey: alice.ed25519.publicKey, signature: signature(by: alice, naming: alice, for: mallory), to: bob)
        #expect(throws: CryptoError(.badSignature, "")) { try DirectMessageSeal.open(passedOn, with: bob.x25519) }
    }

    @Test func everyBitOfTheSignatureCounts() throws {
        for signature in flips(of: signature(by: alice, naming: alice, for: bob)) {
            let forged = try box(senderKey: alice.ed25519.publicKey, signature: signature, to: bob)
            #expect(throws: CryptoError(.badSignature, "")) { try DirectMessageSeal.open(forged, with: bob.x25519) }
        }
    }

    /// The key of order 1 "signs" everything: R = B and s = 1.
    @Test func keyOfOrderOneIsRefused() throws {
        let one = try #require(Ed25519PublicKey([1] + [UInt8](repeating: 0, count: 31)))
        let base = [0x58] + [UInt8](repeating: 0x66, count: 31)
        let forged = try box(
            senderKey: one, signature: base + [1] + [UInt8](repeating: 0, count: 31), to: bob)
        #expect(throws: CryptoError(.badSignature, "")) { try DirectMessageSeal.open(forged, with: bob.x25519) }
    }

    /// The signature is right, but the key is one of the main subgroup plus the point of order 2. It would be a second
    /// name of the same account.
    @Test func keyOutsideTheMainSubgroupIsRefused() {
        let sealed = bytes(
            "57c79ca2a5cbd19fa791d9f989f0ad66229f94d7d7d10ef002d0f45ee06c441dd3eb1675bc771c96c53eedf22e13beab1d788fff"
                + "56a6339af08d525e0a48704e6a46ff7549121464e5e04f9fe8f14ef1ffd22406190ea1c22fb1b79ae68f963e608831d298ae"
                + "472fed388d163264fb7686f3c7dfa74dc3cde0e880d5f96e033c8331d16c62396a9380358c6e0d4ce25d9abca7604684703450"
                + "d3f2319d")
        #expect(throws: CryptoError(.badPublicKey, "")) { try DirectMessageSeal.open(sealed, with: bob.x25519) }
    }
}
