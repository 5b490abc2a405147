import ArgumentParser

/// Guesses what a mistyped word was meant to be.
enum NearMiss {
    /// The subcommand that was probably meant where `arguments` name none that exists.
    static func subcommand(in arguments: [String]) -> String? {
        let path = RootCommand.path(in: arguments)
        guard let word = arguments.dropFirst(path.count).first, !word.hasPrefix("-") else { return nil }
        let command = path.reduce(RootCommand.self as any ParsableCommand.Type) { command, name in
            RootCommand.subcommands(of: command)[name] ?? command
        }
        return suggestion(for: word, among: RootCommand.subcommands(of: command).keys.sorted())
    }

    /// The candidate that takes at most two changes of a letter to become; nil when there is none, or `word` is so short
    /// that anything would do.
    static func suggestion(for word: String, among candidates: [String]) -> String? {
        let scored = candidates.map { (name: $0, distance: distance(word, $0)) }
        guard let best = scored.min(by: { $0.distance < $1.distance }) else { return nil }
        return best.distance <= min(2, word.count / 2) ? best.name : nil
    }

    /// Letters to insert, remove or replace (Levenshtein), or to swap with their neighbour.
    static func distance(_ one: String, _ other: String) -> Int {
        let (one, other) = (Array(one), Array(other))
        var rows = [Array(0...other.count)]
        for (i, letter) in one.enumerated() {
            var row = [i + 1]
            for (j, counterpart) in other.enumerated() {
                var best = min(rows[i][j] + (letter == counterpart ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, letter == other[j - 1], one[i - 1] == counterpart {
                    best = min(best, rows[i - 1][j - 1] + 1)
                }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[one.count][other.count]
    }
}
