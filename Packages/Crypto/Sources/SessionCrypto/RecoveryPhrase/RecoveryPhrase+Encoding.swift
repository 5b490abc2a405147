extension RecoveryPhrase {
    /// Writes `entropy` as words separated by single spaces.
    /// - Parameter entropy: a positive multiple of four bytes; clients take phrases of 16 only.
    /// - Throws: `RecoveryPhraseError(.invalidEntropy)`
    public static func encode(
        _ entropy: SecretBytes, in words: WordList = .english, withChecksum: Bool = true
    ) throws(RecoveryPhraseError) -> SecretText {
        guard entropy.count > 0, entropy.count.isMultiple(of: 4) else {
            throw RecoveryPhraseError(
                .invalidEntropy, "the entropy has \(entropy.count) bytes, which is no positive multiple of four")
        }
        return encode(checked: entropy, in: words, withChecksum: withChecksum)
    }

    static func encode(checked entropy: SecretBytes, in words: WordList, withChecksum: Bool) -> SecretText {
        var indices = WordIndices(capacity: entropy.count / 4 * 3 + 1)
        defer { indices.wipe() }
        entropy.withUnsafeBytes { entropy in
            for offset in stride(from: 0, to: entropy.count, by: 4) {
                indices.append(UInt32(littleEndian: entropy.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
            }
        }
        if withChecksum { indices.append(indices.checksum(in: words, prefixLength: words.prefixLength)) }
        return text(indices, words)
    }

    private static func text(_ indices: WordIndices, _ words: WordList) -> SecretText {
        let count = indices.reduce(indices.count - 1) { $0 + words.words[$1].utf8.count }
        return SecretText(
            utf8: SecretBytes(count: count) { text in
                var end = 0
                for index in indices {
                    if end > 0 {
                        text[end] = UInt8(ascii: " ")
                        end += 1
                    }
                    for byte in words.words[index].utf8 {
                        text[end] = byte
                        end += 1
                    }
                }
            })
    }
}
