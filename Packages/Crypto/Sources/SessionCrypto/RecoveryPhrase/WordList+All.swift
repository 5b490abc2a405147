extension WordList {
    /// The lists of all languages. English, the only one in which clients write phrases, is the first.
    public static var all: [WordList] {
        [
            english, chineseSimplified, dutch, esperanto, french, german, italian, japanese, lojban, portuguese,
            russian, spanish,
        ]
    }

    /// The list whose language is called `name`, in English or by itself; case does not matter.
    public static func named(_ name: String) -> WordList? {
        let name = name.lowercased()
        return all.first { $0.name.lowercased() == name || $0.nativeName.lowercased() == name }
    }
}
