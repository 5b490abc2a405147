/// Entropy as words that people can write down. Follows protocol document 01, section 1.3.
///
/// Four bytes become three words; one more word, a repetition of one of the others, is the checksum.
public enum RecoveryPhrase {
    /// Which phrases are taken.
    public enum Level: Sendable {
        /// Thirteen words with checksum, as every client makes them.
        case client
        /// Three words for every four bytes, with or without checksum.
        case library
    }

    /// Words of a phrase as clients make it.
    public static let wordCount = 13
}
