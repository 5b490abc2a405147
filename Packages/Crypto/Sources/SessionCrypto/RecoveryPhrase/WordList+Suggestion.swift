extension WordList {
    /// The longest text for which a word is suggested: no word is as long, and comparing takes time.
    private static let longestTyped = 24

    /// The word that was probably meant by `typed`, which the list does not have; nil when none is near.
    ///
    /// Near are words that one or, among longer words, two slips of the keyboard make of each other: a letter too many,
    /// too few, wrong, or two exchanged.
    public func suggestion(for typed: String) -> String? {
        let typed = Array(typed.lowercased())
        guard typed.count <= Self.longestTyped else { return nil }
        var (best, fewest) = (nil as String?, typed.count > 4 ? 2 : 1)
        for word in words {
            // Most words are passed over by their length alone.
            guard abs(word.count - typed.count) <= fewest else { continue }
            let letters = Array(word.lowercased())
            // Of words that are equally near the first is taken, but for one that begins alike.
            let slips = Self.slips(typed, letters)
            let isBetter = best == nil || letters.first == typed.first && best?.lowercased().first != typed.first
            if slips < fewest || slips == fewest && isBetter { (best, fewest) = (word, slips) }
        }
        // A list whose words are single characters would have every one of them suggested.
        return typed.count > fewest ? best : nil
    }

    /// The distance of Damerau and Levenshtein, where no place is edited twice.
    private static func slips(_ typed: [Character], _ word: [Character]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...word.count)
        for (row, letter) in typed.enumerated() {
            var current = [row + 1]
            for (column, other) in word.enumerated() {
                var slips = min(
                    last[column] + (letter == other ? 0 : 1), last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, letter == word[column - 1], typed[row - 1] == other {
                    slips = min(slips, beforeLast[column - 1] + 1)
                }
                current.append(slips)
            }
            (beforeLast, last) = (last, current)
        }
        return last[word.count]
    }
}
