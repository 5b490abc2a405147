import SessionCrypto
import SessionInterfaces
import Testing

@Suite struct RefusedPhraseTests {
    private static let twelve = "amaze buffet cake entrance symptoms tiger lamb maze nestle python dusted faxed"

    private func refusal(of phrase: String, _ level: RecoveryPhrase.Level) -> RecoveryPhraseError? {
        do {
            _ = try RecoveryPhrase.decode(phrase, level: level)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        arguments: [
            (twelve + " amaze", .badChecksum),
            ("buffet amaze cake entrance symptoms tiger lamb maze nestle python dusted faxed faxed", .badChecksum),
            ("amaze buffet cake entrance symptoms tiger lamb maze nestle python dusted gagged faxed", .badChecksum),
            (twelve + " zzzzz", .unknownWord),
            // A word shorter than the prefix is no word.
            ("am buffet cake entrance symptoms tiger lamb maze nestle python dusted faxed faxed", .unknownWord),
            (twelve, .wrongWordCount),
            (twelve + " faxed abbey", .wrongWordCount),
            ("", .wrongWordCount),
            (" \n ", .wrongWordCount),
        ] as [(String, RecoveryPhraseError.Code)])
    func byClients(phrase: String, code: RecoveryPhraseError.Code) {
        #expect(refusal(of: phrase, .client)?.code == code)
    }

    @Test(
        arguments: [
            ("abbey abbey zoom", .invalidValue),
            ("abbey abducts", .wrongWordCount),
            ("abbey", .wrongWordCount),
            ("", .wrongWordCount),
            ("abbey abbey abbey abbey abbey", .wrongWordCount),
            ("abbey abducts ZZZunknown", .unknownWord),
        ] as [(String, RecoveryPhraseError.Code)])
    func byTheLibrary(phrase: String, code: RecoveryPhraseError.Code) {
        #expect(refusal(of: phrase, .library)?.code == code)
    }

    @Test func theLibraryTakesPhrasesWithoutChecksum() throws {
        #expect(
            try RecoveryPhrase.decode(Self.twelve, level: .library)
                .isEqual(to: secret("000102030405060708090a0b0c0d0e0f")))
    }

    /// Each phrase also has every fault that is looked for later.
    @Test(
        arguments: [
            ("abbey abbey zoom zzzzz zzzzz", .wrongWordCount),
            ("abbey abbey zoom zzzzz", .unknownWord),
            ("abbey abbey zoom abducts", .invalidValue),
            ("abbey abbey abducts zoom", .badChecksum),
        ] as [(String, RecoveryPhraseError.Code)])
    func firstFaultIsReported(phrase: String, code: RecoveryPhraseError.Code) {
        #expect(refusal(of: phrase, .library)?.code == code)
    }

    @Test func unknownWordIsNamedAsTyped() {
        let found = refusal(of: "abbey ZZZunknown zzzzz", .library)
        #expect(found?.word == "ZZZunknown")
        #expect(found?.message == "word 2 of the recovery phrase, 'ZZZunknown', is not in the English list")
    }

    @Test func phraseTypedAsOneWordIsNotRepeated() throws {
        let phrase = "(" + Self.twelve.replacing(" ", with: ",") + ")"
        let found = try #require(refusal(of: phrase + " abbey zoom", .library))
        #expect(found.code == .unknownWord)
        #expect(found.message.contains("'(amaze,buffet,ca…'"))
        #expect(!found.message.contains("entrance"))
    }

    @Test(arguments: 0..<13)
    func anotherWordAnywhereIsNoticedOrHarmless(position: Int) throws {
        // The checksum repeats one of twelve words: it cannot notice every change, but what passes is another account.
        let words = (Self.twelve + " faxed").split(separator: " ").map(String.init)
        let original = secret("000102030405060708090a0b0c0d0e0f")
        var noticed = 0
        for other in WordList.english.words.prefix(200) where other != words[position] {
            var changed = words
            changed[position] = other
            switch Result(catching: { try RecoveryPhrase.decode(changed.joined(separator: " ")) }) {
            case .success(let entropy): #expect(!entropy.isEqual(to: original))
            case .failure: noticed += 1
            }
        }
        #expect(noticed > 100)
    }

    @Test func anyBytesAreAnswered() {
        let random = SeededRandom(seed: 8)
        for count in 0..<300 {
            let text = SecretText(utf8: SecretBytes(random.bytes(count)))
            #expect(throws: RecoveryPhraseError.self) { try RecoveryPhrase.decode(text, level: .library) }
        }
    }
}
