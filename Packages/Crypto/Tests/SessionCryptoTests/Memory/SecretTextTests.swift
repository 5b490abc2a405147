import SessionCrypto
import Testing

@Suite struct SecretTextTests {
    @Test(arguments: ["", "abbey", "mögen", "にせもの", String(repeating: "word ", count: 1000)])
    func revealsWhatItWasGiven(text: String) {
        let secret = SecretText(text)
        #expect(secret.revealed() == text)
        #expect(secret.withUnsafeText { $0.elementsEqual(text.utf8) })
        #expect(secret.isEqual(to: SecretText(utf8: SecretBytes(Array(text.utf8)))))
        #expect(!secret.isEqual(to: SecretText(text + " ")))
    }

    @Test func bytesThatAreNoTextAreReplaced() {
        #expect(SecretText(utf8: SecretBytes([0x61, 0xff, 0x62])).revealed() == "a\u{fffd}b")
    }
}
