/// The words of recovery phrases in one language. Follows protocol document 01, section 1.3.
public struct WordList: Sendable {
    /// Words in every list.
    public static let count = 1626

    /// English name of the language.
    public let name: String
    /// What the language calls itself.
    public let nativeName: String
    /// Characters at the beginning of a word that tell it from all others.
    public let prefixLength: Int
    /// How many characters of a word wallets put into the checksum; clients take `prefixLength`.
    let walletPrefixLength: Int
    /// The words by index, in Unicode's composed form (NFC).
    public let words: [String]
    private let indices: [String: Int]

    /// - Parameter text: the words in order, separated by white space.
    /// - Precondition: there are 1626 with distinct prefixes: a list is part of the program.
    init(name: String, nativeName: String, prefixLength: Int, walletPrefixLength: Int? = nil, text: String) {
        self.name = name
        self.nativeName = nativeName
        self.prefixLength = prefixLength
        self.walletPrefixLength = walletPrefixLength ?? prefixLength
        words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        precondition(words.count == Self.count, "a word list has 1626 words")
        indices = Dictionary(
            uniqueKeysWithValues: words.enumerated().map { (Self.prefix(of: $1, prefixLength), $0) })
    }

    /// The index of the word that `typed` begins like; nil when there is none.
    ///
    /// Case does not matter, nor does what follows the prefix, nor how accents are composed: Swift compares strings by
    /// canonical equivalence, and in these languages a character is one code point of the composed form.
    public func index(of typed: String) -> Int? {
        indices[Self.prefix(of: typed, prefixLength)]
    }

    /// What of a word goes into the checksum, where that takes `length` characters.
    func prefix(at index: Int, length: Int) -> String { Self.prefix(of: words[index], length) }

    private static func prefix(of word: String, _ length: Int) -> String {
        String(word.lowercased().prefix(length))
    }
}
