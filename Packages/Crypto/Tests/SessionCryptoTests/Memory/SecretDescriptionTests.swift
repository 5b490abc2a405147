import SessionCrypto
import Testing

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

    /// Neither hexadecimal nor decimal digits of the secret's first four bytes.
    private func expectNothingOf(_ hex: String, in text: String) {
        let decimal = bytes(hex).prefix(4).map(String.init)
        #expect(!text.lowercased().contains(hex.prefix(8)))
        #expect(!text.contains(decimal.joined(separator: ", ")))
        #expect(!text.contains(decimal.map { "- \($0)\n" }.joined()))
    }
}
