import SessionCrypto
import SessionInterfaces

/// Recovery phrases in every language, and the lists they are made of.
enum PhraseRunner {
    static func lists(_ file: Vector, _ tally: Tally) throws {
        expect(Set(WordList.all.map(\.name)) == file.words.keys, file, "has other languages")
        for words in WordList.all {
            tally.check(file) { file in
                let listed = try file.words[words.name].elements.map { try $0.text }
                expect(words.words == listed, file.words[words.name])
                expect(Int64(words.prefixLength) == (try file.prefix_length[words.name].integer), file.prefix_length)
                try expect(words.nativeName, equals: file.native_name[words.name])
            }
        }
    }

    static func oracle(_ file: Vector, _ tally: Tally) throws {
        try tally.checkEach(file.cases) { row in
            let (input, out) = (row["in"], row.out)
            let words = try list(input.language)
            let phrase = try out.phrase.text
            let encoded = try RecoveryPhrase.encode(input["bytes"].secret, in: words)
            expect(encoded.revealed() == phrase, row, "the phrase differs")
            let (entropy, detected) = try RecoveryPhrase.decodeInAnyLanguage(SecretText(phrase), level: .library)
            expect(detected.name == words.name, row, "was taken for \(detected.name)")
            try expect(entropy.withUnsafeBytes { Array($0) }, equals: input["bytes"])
            let account = try AccountKeys(entropy: entropy)
            try expect(account.accountID.hex, equals: out.session_id_of_account)
            if row.same_bytes_from.isPresent {
                try expect(decode(row.same_bytes_from.text, words), equals: input["bytes"])
            }
            if row.accepted_without_checksum_word.isPresent {
                let withoutChecksum = phrase.split(separator: " ").dropLast().joined(separator: " ")
                try expect(decode(withoutChecksum, words), equals: input["bytes"])
            }
            for refused in try row.must_fail.elements {
                let code = try code(refused.reason)
                expectRefusal(refused, { ($0 as? RecoveryPhraseError)?.code == code }) {
                    try decode(refused.phrase.text, words)
                }
            }
        }
    }

    static func list(_ language: Vector) throws -> WordList {
        guard let words = WordList.named(try language.text) else { throw language.notUnderstood("a language") }
        return words
    }

    private static func decode(_ phrase: String, _ words: WordList) throws -> [UInt8] {
        try RecoveryPhrase.decode(phrase, in: words, level: .library).withUnsafeBytes { Array($0) }
    }

    private static func code(_ reason: Vector) throws -> RecoveryPhraseError.Code {
        switch try reason.text {
        case "checksum_mismatch": .badChecksum
        case "unknown_word": .unknownWord
        case "bad_word_count": .wrongWordCount
        default: throw reason.notUnderstood("a reason")
        }
    }
}
