import SessionCrypto
import SessionInterfaces
import Testing

@Suite struct RecoveryPhraseTests {
    private static let counting = "amaze buffet cake entrance symptoms tiger lamb maze nestle python dusted faxed faxed"

    @Test(arguments: [
        ("000102030405060708090a0b0c0d0e0f", counting),
        ("00000000000000000000000000000000", Array(repeating: "abbey", count: 13).joined(separator: " ")),
    ])
    func knownAnswers(entropy: String, phrase: String) throws {
        #expect(try RecoveryPhrase.encode(secret(entropy)).revealed() == phrase)
        #expect(try RecoveryPhrase.decode(phrase).isEqual(to: secret(entropy)))
        #expect(try RecoveryPhrase.decode(SecretText(phrase)).isEqual(to: secret(entropy)))
    }

    @Test(arguments: [
        "amazing buffalo cakewalk entropy symbol tigger lambda mazurka nestling pythons dustpan faxing faxing",
        "ama buf cak ent sym tig lam maz nes pyt dus fax fax",
        "amaze buffet cake entrance symptoms tiger lamb maze nestle python dusted faxed faxidermy",
        "AMAZE Buffet cAKE ENTRANCE SYMPTOMS TIGER LAMB MAZE NESTLE PYTHON DUSTED FAXED FAXED",
        "  amaze\tbuffet\ncake\r\nentrance  symptoms\u{a0}tiger\u{3000}lamb maze nestle python dusted faxed faxed \n",
    ])
    func spellingsOfOnePhrase(phrase: String) throws {
        #expect(try RecoveryPhrase.decode(phrase).isEqual(to: secret("000102030405060708090a0b0c0d0e0f")))
    }

    @Test(arguments: [4, 8, 16, 20, 32, 64], [true, false])
    func decodesWhatItEncoded(count: Int, withChecksum: Bool) throws {
        let random = SeededRandom(seed: UInt64(count))
        for _ in 0..<50 {
            let entropy = SecretBytes.random(count: count, from: random)
            let phrase = try RecoveryPhrase.encode(entropy, withChecksum: withChecksum)
            #expect(phrase.revealed().split(separator: " ").count == count / 4 * 3 + (withChecksum ? 1 : 0))
            #expect(try RecoveryPhrase.decode(phrase, level: .library).isEqual(to: entropy))
        }
    }

    @Test func greatestValueDecodes() throws {
        let entropy = SecretBytes([UInt8](repeating: 0xff, count: 16))
        #expect(try RecoveryPhrase.decode(RecoveryPhrase.encode(entropy)).isEqual(to: entropy))
    }

    @Test(arguments: [0, 1, 2, 3, 5, 15, 17])
    func otherLengthsAreNotEncoded(count: Int) {
        #expect(throws: RecoveryPhraseError(.invalidEntropy, "")) {
            try RecoveryPhrase.encode(SecretBytes([UInt8](repeating: 0, count: count)))
        }
    }
}
