extension RecoveryPhrase {
    /// The language in which most words of `phrase` are known; English when no list knows any.
    ///
    /// Languages share beginnings of words. Where several know as many, the one decides in which most of them are
    /// written out in full.
    public static func language(of phrase: SecretText) -> WordList {
        var best = (words: WordList.english, known: 0, complete: 0)
        for words in WordList.all {
            var (known, complete) = (0, 0)
            phrase.forEachWord { word in
                guard let index = words.index(of: word) else { return }
                known += 1
                if words.words[index].lowercased() == word.lowercased() { complete += 1 }
            }
            if (known, complete) > (best.known, best.complete) { best = (words, known, complete) }
        }
        return best.words
    }

    /// The bytes that `phrase` stands for, in whichever language it is.
    /// - Returns: the bytes, and the language's list.
    /// - Throws: `RecoveryPhraseError`, as `decode` does with the list of the most likely language.
    public static func decodeInAnyLanguage(
        _ phrase: SecretText, level: Level = .client
    ) throws(RecoveryPhraseError) -> (entropy: SecretBytes, words: WordList) {
        let words = language(of: phrase)
        return (try decode(phrase, in: words, level: level), words)
    }
}
