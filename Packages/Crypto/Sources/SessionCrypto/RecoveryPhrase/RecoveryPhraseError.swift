import SessionInterfaces

/// Why a text is no recovery phrase.
public struct RecoveryPhraseError: CodedError {
    public enum Code: String, Sendable {
        /// Too few or too many words.
        case wrongWordCount = "recovery_phrase_wrong_word_count"
        /// A word that the list does not have.
        case unknownWord = "recovery_phrase_unknown_word"
        /// Three words that no four bytes give.
        case invalidValue = "recovery_phrase_invalid_value"
        /// The last word does not fit the others.
        case badChecksum = "recovery_phrase_bad_checksum"
        /// Bytes that cannot be written as words: not a positive multiple of four.
        case invalidEntropy = "recovery_phrase_invalid_entropy"
    }

    public let code: Code
    public let message: String
    /// The unknown word as it was typed.
    public let word: String?
    /// The word that was probably meant.
    public let suggestion: String?
    public var underlying: (any Error)? { nil }

    public init(_ code: Code, _ message: String, word: String? = nil, suggestion: String? = nil) {
        self.code = code
        self.message = message
        self.word = word
        self.suggestion = suggestion
    }
}
