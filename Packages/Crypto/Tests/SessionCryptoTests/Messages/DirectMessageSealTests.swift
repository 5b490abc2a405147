import SessionInterfaces
import Testing

@testable @_spi(Deterministic) import SessionCrypto

@Suite struct DirectMessageSealTests {
    private let random = SeededRandom(seed: 41)
    private let alice: AccountKeys
    private let bob: AccountKeys

    init() throws {
        alice = try AccountKeys(entropy: secret("0123456789abcdef0123456789abcdef"))
        bob = try AccountKeys(entropy: secret("00112233445566778899aabbccddeeff"))
    }

    @Test func knownAnswer() throws {
        let sealed = bytes(
            "208f96785db92319bc7a14afecc01e17bde912d17bbb32834c03ea63b1862c2a1b730e0725ef75b2f1a276db584c59a0ed9b5497"
                + "bcb9f4effa893b5cb8b04dbe7a6ab457ebf972f03b006dd4572980a725399616d40184b86aa3b7b218bdc6dd7c1adccda8ef"
                + "4897f0f458492240b39079c27a6c791067ab26a03067a7602b50f0434639906f93e548f909d5286edde365ebddc146")
        let hello = Array("hello".utf8)
        #expect(try DirectMessageSeal.sealDeterministically(hello, from: alice.ed25519, to: bob.accountID) == sealed)
        let opened = try DirectMessageSeal.open(sealed, with: bob.x25519)
        #expect(opened.plaintext == hello)
        #expect(opened.sender == alice.accountID)
        #expect(opened.senderKey == alice.ed25519.publicKey)
    }

    @Test(arguments: [0, 1, 31, 32, 63, 64, 160, 6000, 100_000])
    func opensWhatItSealed(count: Int) throws {
        let plaintext = random.bytes(count)
        let sealed = try DirectMessageSeal.seal(plaintext, from: alice.ed25519, to: bob.accountID, random: random)
        #expect(sealed.count == count + DirectMessageSeal.overhead)
        let opened = try DirectMessageSeal.open(sealed, with: bob.x25519)
        #expect(opened.plaintext == plaintext)
        #expect(opened.sender == alice.accountID)
        #expect(opened.senderKey == alice.ed25519.publicKey)
    }

    @Test func opensWhatItSealedToOneself() throws {
        let sealed = try DirectMessageSeal.seal([1, 2], from: alice.ed25519, to: alice.accountID)
        #expect(try DirectMessageSeal.open(sealed, with: alice.x25519).sender == alice.accountID)
    }

    @Test func noTwoSealsLookAlike() throws {
        let seals = try (0..<20).map { _ in
            try DirectMessageSeal.seal([1, 2, 3], from: alice.ed25519, to: bob.accountID)
        }
        #expect(Set(seals).count == 20)
        #expect(Set(seals.map { $0.prefix(32) }).count == 20)
    }

    @Test func ephemeralSecretDecidesEverything() throws {
        let ephemeral = SecretBytes.random(count: 32, from: SeededRandom(seed: 5))
        #expect(
            try DirectMessageSeal.seal([1], from: alice.ed25519, to: bob.accountID, ephemeralSecret: ephemeral)
                == DirectMessageSeal.seal(
                    [1], from: alice.ed25519, to: bob.accountID, random: SeededRandom(seed: 5)))
        #expect(throws: CryptoError(.invalidArgument, "")) {
            try DirectMessageSeal.seal(
                [1], from: alice.ed25519, to: bob.accountID, ephemeralSecret: SecretBytes([1]))
        }
    }

    @Test func deterministicSealDependsOnAllItsInputs() throws {
        func seal(_ message: [UInt8], _ sender: AccountKeys, _ recipient: AccountKeys) throws -> ArraySlice<UInt8> {
            try DirectMessageSeal.sealDeterministically(message, from: sender.ed25519, to: recipient.accountID)
                .prefix(32)
        }
        let ephemeralKeys = [
            try seal([1], alice, bob), try seal([2], alice, bob), try seal([1], bob, bob), try seal([1], alice, alice),
        ]
        #expect(Set(ephemeralKeys).count == 4)
        #expect(try seal([1], alice, bob) == ephemeralKeys[0])
    }

    @Test func everyBitCounts() throws {
        let sealed = try DirectMessageSeal.seal([1, 2, 3], from: alice.ed25519, to: bob.accountID, random: random)
        for sealed in flips(of: sealed) {
            #expect(throws: CryptoError(.failed, "")) { try DirectMessageSeal.open(sealed, with: bob.x25519) }
        }
        #expect(throws: CryptoError(.failed, "")) { try DirectMessageSeal.open(sealed + [0], with: bob.x25519) }
        #expect(throws: CryptoError(.failed, "")) { try DirectMessageSeal.open(sealed, with: alice.x25519) }
    }

    @Test func shortMessagesAreRefused() {
        for count in 0..<DirectMessageSeal.overhead {
            #expect(throws: CryptoError(.tooShort, "")) {
                try DirectMessageSeal.open(random.bytes(count), with: bob.x25519)
            }
        }
    }

    @Test(arguments: AccountID.Prefix.allCases.filter { $0 != .standard })
    func onlyAccountsReceive(prefix: AccountID.Prefix) {
        let recipient = AccountID(prefix: prefix, key: bob.accountID.key)
        #expect(throws: CryptoError(.invalidArgument, "")) {
            try DirectMessageSeal.seal([1], from: alice.ed25519, to: recipient)
        }
        #expect(throws: CryptoError(.invalidArgument, "")) {
            try DirectMessageSeal.sealDeterministically([1], from: alice.ed25519, to: recipient)
        }
    }

    @Test(arguments: lowOrderPoints)
    func lowOrderPointsDoNotReceive(hex: String) throws {
        let recipient = AccountID(standard: try #require(X25519PublicKey(hex: hex)))
        #expect(throws: CryptoError(.badPublicKey, "")) {
            try DirectMessageSeal.seal([1], from: alice.ed25519, to: recipient)
        }
    }
}
