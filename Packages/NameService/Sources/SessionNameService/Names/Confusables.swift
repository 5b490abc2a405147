/// Letters that look like small Latin ones. After the idea of Unicode Technical Standard 39, for the scripts in which
/// whole names can be written that pass for others.
enum Confusables {
    /// The ASCII name that `text` looks like; nil when some letter looks like none, or it is that name.
    static func asciiDouble(of text: String) -> String? {
        var double = ""
        for letter in text.unicodeScalars {
            if letter.isASCII {
                double.unicodeScalars.append(letter)
            } else if let lookalike = lookalikes[letter] {
                double += lookalike
            } else {
                return nil
            }
        }
        return double == text ? nil : double
    }

    private static let lookalikes: [Unicode.Scalar: String] = {
        let sets: [(String, String)] = [
            ("a", "аαɑɐạ"), ("b", "Ьъьβƅ"), ("c", "сϲƈ"), ("d", "ԁɗḍ"), ("e", "еєҽẹ"), ("f", "ƒſ"), ("g", "ɡցɢġ"),
            ("h", "һհḥ"), ("i", "іıιɩӏị"), ("j", "јʝ"), ("k", "кκκḳ"), ("l", "ӏɭḷ"), ("m", "мṃ"), ("n", "ոпηռṇ"),
            ("o", "оοօσọօ০๐"), ("p", "рρṗ"), ("q", "ԛգ"), ("r", "гɾṛ"), ("s", "ѕʂṣ"), ("t", "тτṭ"), ("u", "υսʋụц"),
            ("v", "ѵνṿ"), ("w", "ѡԝωա"), ("x", "хχ×ẋ"), ("y", "уүγỵ"), ("z", "ᴢʐẓ"), ("3", "зӡ"), ("4", "ч"),
            ("6", "б"),
            ("ae", "æӕ"), ("oe", "œ"), ("-", "‐‑–"),
        ]
        var lookalikes: [Unicode.Scalar: String] = [:]
        for (ascii, letters) in sets {
            for letter in letters.unicodeScalars where lookalikes[letter] == nil { lookalikes[letter] = ascii }
        }
        return lookalikes
    }()
}
