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

    /// In every language but the one whose words are single characters: what a slip makes of a word leads back to it, or to
    /// a word that is as near.
    @Test(arguments: WordList.all.map(\.name).filter { $0 != "Chinese (simplified)" })
    func everyLanguageSuggests(name: String) throws {
        let list = try #require(WordList.named(name))
        var asked = 0
        for word in list.words where word.count > 4 {
            // Before the prefix ends, where it counts.
            var typed = Array(word)
            typed.swapAt(0, 1)
            guard asked < 40, list.index(of: String(typed)) == nil else { continue }
            asked += 1
            let suggestion = list.suggestion(for: String(typed).uppercased())
            #expect(suggestion.map { list.index(of: $0) != nil } == true, "\(word)")
        }
        #expect(asked == 40)
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
