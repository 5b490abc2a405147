extension RecoveryPhrase {
    /// The bytes that `phrase` stands for: 16 for a client's phrase.
    ///
    /// Case and the amount of white space do not matter. Of each word only the beginning counts that tells it from all
    /// others in the list.
    /// - Throws: `RecoveryPhraseError`, for the first of these that is wrong: number of words, words, values, checksum.
    public static func decode(
        _ phrase: String, in words: WordList = .english, level: Level = .client
    ) throws(RecoveryPhraseError) -> SecretBytes {
        try decode(SecretText(phrase), in: words, level: level)
    }

    /// The bytes that `phrase` stands for: 16 for a client's phrase.
    /// - Throws: `RecoveryPhraseError`, for the first of these that is wrong: number of words, words, values, checksum.
    public static func decode(
        _ phrase: SecretText, in words: WordList = .english, level: Level = .client
    ) throws(RecoveryPhraseError) -> SecretBytes {
        var indices = WordIndices(capacity: phrase.utf8.count / 2 + 1)
        defer { indices.wipe() }
        var (count, unknown) = (0, nil as RecoveryPhraseError?)
        phrase.forEachWord { word in
            count += 1
            if let index = words.index(of: word) {
                indices.append(index)
            } else if unknown == nil {
                unknown = .unknownWord(word, count, words)
            }
        }
        try checkCount(count, level)
        if let unknown { throw unknown }
        return try bytes(indices, words)
    }

    private static func checkCount(_ count: Int, _ level: Level) throws(RecoveryPhraseError) {
        switch level {
        case .client:
            guard count == wordCount else {
                throw RecoveryPhraseError(
                    .wrongWordCount, "the recovery phrase has \(count) words instead of \(wordCount)")
            }
        case .library:
            guard count >= 3, count % 3 != 2 else {
                throw RecoveryPhraseError(
                    .wrongWordCount,
                    "the recovery phrase has \(count) words, which is no multiple of three, or one more")
            }
        }
    }

    private static func bytes(_ indices: WordIndices, _ words: WordList) throws(RecoveryPhraseError) -> SecretBytes {
        let tripletCount = indices.count / 3
        let bytes = try SecretBytes(count: tripletCount * 4) { (bytes) throws(RecoveryPhraseError) in
            for triplet in 0..<tripletCount {
                guard let value = indices.value(at: triplet * 3) else {
                    throw RecoveryPhraseError(
                        .invalidValue,
                        "words \(triplet * 3 + 1) to \(triplet * 3 + 3) of the recovery phrase do not belong together")
                }
                bytes.storeBytes(of: value.littleEndian, toByteOffset: triplet * 4, as: UInt32.self)
            }
        }
        try checkChecksum(indices, words)
        return bytes
    }

    private static func checkChecksum(_ indices: WordIndices, _ words: WordList) throws(RecoveryPhraseError) {
        guard indices.count % 3 == 1, let given = indices.last else { return }
        var data = WordIndices(capacity: indices.count)
        defer { data.wipe() }
        for index in indices.dropLast() { data.append(index) }
        // Phrases of wallets are read as well, which in some languages take longer prefixes.
        let isRight = [words.prefixLength, words.walletPrefixLength].contains {
            data.checksum(in: words, prefixLength: $0) == given
        }
        guard isRight else {
            throw RecoveryPhraseError(
                .badChecksum, "the checksum word of the recovery phrase does not fit: a word is wrong or out of place")
        }
    }
}

extension RecoveryPhraseError {
    fileprivate static func unknownWord(_ word: String, _ position: Int, _ words: WordList) -> RecoveryPhraseError {
        // A phrase typed with other separators is one long word, and must not end up in a message.
        let shown = word.count > 16 ? "\(word.prefix(16))…" : word
        let suggestion = words.suggestion(for: word)
        let question = suggestion.map { "; was '\($0)' meant?" } ?? ""
        return RecoveryPhraseError(
            .unknownWord,
            "word \(position) of the recovery phrase, '\(shown)', is not in the \(words.name) list\(question)",
            word: word, suggestion: suggestion)
    }
}

extension SecretText {
    /// Calls `body` with each part between white space. One at a time: a short word lies inside its `String` value, so
    /// that no copy of the phrase comes to be on the heap.
    func forEachWord(_ body: (String) -> Void) {
        withUnsafeText { utf8 in
            var (word, bytes, decoder) = (String.UnicodeScalarView(), utf8.makeIterator(), UTF8())
            while let scalar = decoder.decodeScalar(&bytes) {
                if !scalar.properties.isWhitespace {
                    word.append(scalar)
                } else if !word.isEmpty {
                    body(String(word))
                    word = String.UnicodeScalarView()
                }
            }
            if !word.isEmpty { body(String(word)) }
        }
    }
}

extension UTF8 {
    /// The next scalar, or a replacement character for what is none; nil at the end.
    fileprivate mutating func decodeScalar(_ bytes: inout UnsafeRawBufferPointer.Iterator) -> Unicode.Scalar? {
        switch decode(&bytes) {
        case .scalarValue(let scalar): scalar
        case .error: "\u{fffd}"
        case .emptyInput: nil
        }
    }
}
