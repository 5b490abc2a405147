import SessionInterfaces
import Testing

@testable import SessionCrypto

/// Nothing that prints a value may show a secret in it.
@Suite struct SecretDescriptionTests {
    private static let entropy = "0123456789abcdef0123456789abcdef"

    /// Every way of turning `value` into text that a program falls into by accident.
    private func texts(of value: Any) -> [String] {
        var dumped = ""
        dump(value, to: &dumped)
        return [
            String(describing: value), String(reflecting: value), "\(value)", dumped,
            "\(Mirror(reflecting: value).children.map { "\($0)" })",
        ]
    }

    @Test func secretBytesShowTheirCountOnly() {
        let value = secret(Self.entropy)
        #expect(Mirror(reflecting: value).children.isEmpty)
        #expect(texts(of: value)[...2].allSatisfy { $0 == "SecretBytes(16 bytes)" })
        for text in texts(of: value) { expectNothingOf(Self.entropy, in: text) }
    }

    @Test func secretTextShowsItsCountOnly() {
        let value = SecretText("vexed enjoy pigment")
        #expect(Mirror(reflecting: value).children.isEmpty)
        #expect(texts(of: value)[...2].allSatisfy { $0 == "SecretText(19 bytes)" })
        for text in texts(of: value) { #expect(!text.contains("enjoy")) }
    }

    @Test func whatHoldsSecretsShowsNone() throws {
        let keys = try AccountKeys(entropy: secret(Self.entropy))
        for value in [keys, keys.ed25519, keys.x25519, [keys.entropy]] as [Any] {
            for text in texts(of: value) {
                expectNothingOf(Self.entropy, in: text)
                // The X25519 secret key.
                expectNothingOf("c066ce44b14d551ee69dbcd631c061d17655b374f5d54e4f1ea9e3718638956b", in: text)
            }
        }
    }

    @Test(arguments: Blinding.allCases)
    func blindedKeysShowNoSecret(kind: Blinding) throws {
        let account = try AccountKeys(entropy: secret(Self.entropy)).ed25519
        let pair = BlindedKeyPair(kind, of: account, at: account.x25519.publicKey)
        expectNothing(of: pair, shows: [pair.scalar.bytes, kind.nonceSecret(of: account)])
    }

    @Test func subaccountKeysShowNoSecret() throws {
        let member = try AccountKeys(entropy: secret(Self.entropy))
        let group = Ed25519KeyPair.generate(from: SeededRandom(seed: 9))
        let grant = try SubaccountGrant(for: member.accountID, by: group)
        let groupID = AccountID(prefix: .group, key: group.publicKey.bytes)
        let key = try SubaccountKey(grant, of: member.ed25519, in: groupID)
        expectNothing(
            of: key, shows: [key.scalar.bytes, member.ed25519.derivedSecret(key: "SubaccountSeed"), member.entropy])
    }

    /// Errors speak of lengths and kinds alone.
    @Test func errorsShowNoSecret() throws {
        let short = secret(Self.entropy + "01")
        let errors: [any Error] = [
            #expect(throws: CryptoError.self) { try Ed25519KeyPair(seed: short) },
            #expect(throws: CryptoError.self) { try X25519KeyPair(secretKey: short) },
            #expect(throws: CryptoError.self) { try AccountKeys(entropy: short) },
            #expect(throws: CryptoError.self) {
                try XChaCha20Poly1305.open([1], key: short, nonce: [UInt8](repeating: 0, count: 24))
            },
            #expect(throws: CryptoError.self) { try AESCBC.encrypt([1], key: short, iv: []) },
        ].compactMap { $0 }
        #expect(errors.count == 5)
        for error in errors {
            for text in texts(of: error) { expectNothingOf(Self.entropy, in: text) }
        }
    }

    private func expectNothing(of value: Any, shows secrets: [SecretBytes]) {
        for text in texts(of: value) {
            for secret in secrets { expectNothingOf(Hex.encode(secret.revealed), in: text) }
        }
    }

    /// Neither hexadecimal nor decimal digits of the secret's first four bytes.
    private func expectNothingOf(_ hex: String, in text: String) {
        let decimal = bytes(hex).prefix(4).map(String.init)
        #expect(!text.lowercased().contains(hex.prefix(8)))
        #expect(!text.contains(decimal.joined(separator: ", ")))
        #expect(!text.contains(decimal.map { "- \($0)\n" }.joined()))
    }
}
