import SessionInterfaces
import Testing

@testable import SessionCrypto

@Suite struct BlindedMessageSealTests {
    private let random = SeededRandom(seed: 73)
    private let server: X25519PublicKey
    private let alice: AccountKeys
    private let bob: AccountKeys

    init() throws {
        server = X25519KeyPair.generate(from: random).publicKey
        alice = .generate(from: random)
        bob = .generate(from: random)
    }

    private func id(_ account: AccountKeys, _ kind: Blinding) -> AccountID {
        BlindedKeyPair(kind, of: account.ed25519, at: server).id
    }

    private func seal(_ plaintext: [UInt8], _ kind: Blinding) throws -> [UInt8] {
        try BlindedMessageSeal.seal(plaintext, from: alice.ed25519, to: id(bob, kind), at: server, random: random)
    }

    private func open(_ sealed: [UInt8], _ kind: Blinding, as own: AccountKeys) throws -> OpenedDirectMessage {
        try BlindedMessageSeal.open(
            sealed, with: own.ed25519, from: id(alice, kind), to: id(bob, kind), at: server)
    }

    @Test(arguments: Blinding.allCases, [0, 1, 160, 10_000])
    func bothSidesOpenIt(kind: Blinding, count: Int) throws {
        let plaintext = random.bytes(count)
        let sealed = try seal(plaintext, kind)
        #expect(sealed.count == count + BlindedMessageSeal.overhead)
        for own in [alice, bob] {
            let opened = try open(sealed, kind, as: own)
            #expect(opened.plaintext == plaintext)
            #expect(opened.sender == alice.accountID)
            #expect(opened.senderKey == alice.ed25519.publicKey)
        }
    }

    @Test(arguments: Blinding.allCases)
    func everyBitCounts(kind: Blinding) throws {
        for (position, changed) in flips(of: try seal([1, 2], kind)).enumerated() {
            let code: CryptoError.Code = position < 8 ? .unknownVersion : .failed
            #expect(throws: CryptoError(code, "")) { try open(changed, kind, as: bob) }
        }
    }

    @Test(arguments: Blinding.allCases)
    func nobodyElseOpensIt(kind: Blinding) throws {
        let sealed = try seal([1, 2], kind)
        let eve = AccountKeys.generate(from: random)
        #expect(throws: CryptoError(.failed, "")) { try open(sealed, kind, as: eve) }
        #expect(throws: CryptoError(.failed, "")) {
            try BlindedMessageSeal.open(sealed, with: bob.ed25519, from: id(eve, kind), to: id(bob, kind), at: server)
        }
    }

    /// Alice writes as herself and names Eve's key: the seal is right, the sender is not.
    @Test(arguments: Blinding.allCases)
    func namedSenderMustBeTheOneItCameFrom(kind: Blinding) throws {
        let eve = AccountKeys.generate(from: random)
        let own = BlindedKeyPair(kind, of: alice.ed25519, at: server)
        let scalar = kind == .blinded15 ? Scalar(of: alice.x25519) : own.scalar
        let key = BLAKE2b.hash32(
            try scalar.agreed(with: id(bob, kind).key).revealed, own.id.key.bytes, id(bob, kind).key.bytes)
        let nonce = random.bytes(24)
        let body = try XChaCha20Poly1305.seal(
            [1] + eve.ed25519.publicKey.bytes.bytes, key: SecretBytes(key.bytes), nonce: nonce)
        #expect(throws: CryptoError(.senderMismatch, "")) { try open([0] + body + nonce, kind, as: bob) }
    }

    @Test func shortMessagesAreRefused() {
        for count in 0..<BlindedMessageSeal.overhead {
            #expect(throws: CryptoError(.tooShort, "")) { try open(random.bytes(count), .blinded15, as: bob) }
        }
    }

    @Test func identitiesMustBeBlindedAlike() throws {
        let sealed = try seal([1], .blinded15)
        for (sender, recipient) in [
            (id(alice, .blinded15), id(bob, .blinded25)), (id(alice, .blinded25), id(bob, .blinded15)),
            (alice.accountID, bob.accountID), (id(alice, .blinded15), bob.accountID),
        ] {
            #expect(throws: CryptoError(.invalidArgument, "")) {
                try BlindedMessageSeal.open(sealed, with: bob.ed25519, from: sender, to: recipient, at: server)
            }
        }
        #expect(throws: CryptoError(.invalidArgument, "")) {
            try BlindedMessageSeal.seal([1], from: alice.ed25519, to: bob.accountID, at: server)
        }
    }

    @Test func recipientsMustBePoints() {
        let nobody = AccountID(prefix: .blinded15, key: Bytes32())
        #expect(throws: CryptoError(.badPublicKey, "")) {
            try BlindedMessageSeal.seal([1], from: alice.ed25519, to: nobody, at: server)
        }
    }
}
