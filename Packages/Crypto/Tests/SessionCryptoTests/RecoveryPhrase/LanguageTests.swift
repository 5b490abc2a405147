import SessionCrypto
import SessionInterfaces
import Testing

@Suite struct LanguageTests {
    static let names = WordList.all.map(\.name)

    @Test(arguments: names)
    func everyWordIsFoundByItsPrefix(name: String) throws {
        let list = try #require(WordList.named(name))
        #expect(Set(list.words).count == WordList.count)
        for (index, word) in list.words.enumerated() {
            #expect(list.index(of: word) == index)
            #expect(list.index(of: word.uppercased()) == index || word.contains("ß"))
            #expect(list.index(of: String(word.prefix(list.prefixLength))) == index)
        }
    }

    @Test(arguments: names)
    func phrasesAreReadInTheirLanguage(name: String) throws {
        let list = try #require(WordList.named(name))
        let random = SeededRandom(seed: 12)
        for _ in 0..<20 {
            let account = AccountKeys.generate(from: random)
            let phrase = account.recoveryPhrase(in: list)
            #expect(try AccountKeys(recoveryPhrase: phrase, in: list).accountID == account.accountID)
            let (entropy, detected) = try RecoveryPhrase.decodeInAnyLanguage(phrase)
            #expect(detected.name == name)
            #expect(entropy.isEqual(to: account.entropy))
        }
    }

    /// Accents as code points of their own, which some keyboards and file systems write.
    @Test(arguments: [
        ("Spanish", "áéíóúñ", "\u{301}\u{303}"), ("German", "äöü", "\u{308}"),
        ("Japanese", "がぎぐげご", "\u{3099}"), ("Russian", "й", "\u{306}"),
    ])
    func accentsMayBeWrittenApart(language: String, letters: String, accents: String) throws {
        let list = try #require(WordList.named(language))
        let bases = "aeiounаи" + "かきくけこ"
        var apart: [Character: [Unicode.Scalar]] = [:]
        for base in bases.unicodeScalars {
            for accent in accents.unicodeScalars {
                let scalars = [base, accent]
                let composed = String(String.UnicodeScalarView(scalars))
                // Equal as text, though not scalar by scalar.
                if let letter = letters.first(where: { String($0) == composed }) { apart[letter] = scalars }
            }
        }
        #expect(apart.count == letters.count)
        var changed = 0
        for (index, word) in list.words.enumerated() where word.contains(where: { apart[$0] != nil }) {
            var scalars = String.UnicodeScalarView()
            for letter in word { scalars += apart[letter] ?? Array(letter.unicodeScalars) }
            #expect(scalars.count > word.unicodeScalars.count)
            #expect(list.index(of: String(scalars)) == index)
            changed += 1
        }
        #expect(changed > 0)
    }

    /// The last words are what the two conventions make of the same twelve.
    @Test(arguments: ["руины", "дыра"])
    func checksumsOfClientsAndWalletsAreRead(checksum: String) throws {
        let phrase = "звезда скважина защита ужас алхимик теплый дыра субъект хмурый руины пиджак число \(checksum)"
        let (entropy, words) = try RecoveryPhrase.decodeInAnyLanguage(SecretText(phrase))
        #expect(words.name == "Russian")
        #expect(entropy.isEqual(to: secret("522ff28f626754c5abf0bf225feefc50")))
        #expect(throws: RecoveryPhraseError(.badChecksum, "")) {
            try RecoveryPhrase.decode(phrase.replacing(" \(checksum)", with: " звезда"), in: .russian)
        }
    }

    @Test func oneUnknownWordDoesNotHideTheLanguage() {
        let phrase = "звезда скважина zzz ужас алхимик теплый дыра субъект хмурый руины пиджак число дыра"
        #expect(throws: RecoveryPhraseError(.unknownWord, "")) {
            try RecoveryPhrase.decodeInAnyLanguage(SecretText(phrase))
        }
        #expect(RecoveryPhrase.language(of: SecretText(phrase)).name == "Russian")
        #expect(RecoveryPhrase.language(of: SecretText("?? ??")).name == "English")
        #expect(RecoveryPhrase.language(of: SecretText("")).name == "English")
    }

    @Test(arguments: [
        ("русский язык", "Russian"), ("ESPAÑOL", "Spanish"), ("english", "English"), ("Klingon", nil),
    ])
    func listsHaveNames(name: String, found: String?) {
        #expect(WordList.named(name)?.name == found)
    }
}
