import SessionCrypto
import SessionInterfaces
import Testing

@Suite struct SuggestionTests {
    @Test(arguments: [
        ("bbuffet", "buffet"), ("ubffet", "buffet"), ("entrxnce", "entrance"), ("smptoms", "symptoms"),
        ("Pyhton", "python"), ("yonder", "yodel"), ("qqqqqqqq", nil), ("zq", nil), ("", nil),
        (String(repeating: "a", count: 10_000), nil),
    ])
    func nearWords(typed: String, meant: String?) throws {
        if let meant { #expect(WordList.english.words.contains(meant)) }
        #expect(WordList.english.suggestion(for: typed) == meant)
    }

    @Test func singleCharactersSuggestNothing() {
        #expect(WordList.chineseSimplified.suggestion(for: "龘") == nil)
    }

    @Test func theErrorAsks() throws {
        let phrase = "amaze ubffet cake entrance symptoms tiger lamb maze nestle python dusted faxed faxed"
        let error = try #require(throws: RecoveryPhraseError.self) { try RecoveryPhrase.decode(phrase) }
        #expect(error.word == "ubffet")
        #expect(error.suggestion == "buffet")
        #expect(
            error.message == "word 2 of the recovery phrase, 'ubffet', is not in the English list; was 'buffet' meant?")
    }
}
