/// The writing systems of letters, as far as telling mixtures apart needs them.
enum Script: String, Hashable, CaseIterable {
    case latin = "Latin"
    case greek = "Greek"
    case cyrillic = "Cyrillic"
    case armenian = "Armenian"
    case hebrew = "Hebrew"
    case arabic = "Arabic"
    case devanagari = "Devanagari"
    case thai = "Thai"
    case georgian = "Georgian"
    case cherokee = "Cherokee"
    case japanese = "Hiragana or Katakana"
    case hangul = "Hangul"
    case han = "Han"

    private var ranges: [ClosedRange<UInt32>] {
        switch self {
        case .latin: [0x41...0x5a, 0x61...0x7a, 0xaa...0xaa, 0xba...0xba, 0xc0...0x24f, 0x250...0x2b8, 0x1e00...0x1eff]
        case .greek: [0x370...0x3ff, 0x1f00...0x1fff]
        case .cyrillic: [0x400...0x52f, 0x1c80...0x1c8f, 0x2de0...0x2dff, 0xa640...0xa69f]
        case .armenian: [0x531...0x58f]
        case .hebrew: [0x590...0x5ff]
        case .arabic: [0x600...0x6ff, 0x750...0x77f, 0x8a0...0x8ff]
        case .devanagari: [0x900...0x97f]
        case .thai: [0xe00...0xe7f]
        case .georgian: [0x10a0...0x10ff, 0x1c90...0x1cbf, 0x2d00...0x2d2f]
        case .cherokee: [0x13a0...0x13ff, 0xab70...0xabbf]
        case .japanese: [0x3040...0x30ff, 0x31f0...0x31ff]
        case .hangul: [0x1100...0x11ff, 0x3130...0x318f, 0xac00...0xd7af]
        case .han: [0x3005...0x3007, 0x3400...0x4dbf, 0x4e00...0x9fff, 0xf900...0xfaff, 0x20000...0x323af]
        }
    }

    /// The scripts of the letters of `text`.
    static func all(in text: String) -> Set<Script> {
        Set(
            text.unicodeScalars.filter(\.properties.isAlphabetic).compactMap { letter in
                allCases.first { script in script.ranges.contains { $0.contains(letter.value) } }
            })
    }

    /// East Asian languages mix their scripts, and Latin words among them; nobody else does.
    static func isSuspicious(_ scripts: Set<Script>) -> Bool {
        guard scripts.count > 1 else { return false }
        return !scripts.isSubset(of: [.han, .japanese, .latin]) && !scripts.isSubset(of: [.han, .hangul, .latin])
    }
}
