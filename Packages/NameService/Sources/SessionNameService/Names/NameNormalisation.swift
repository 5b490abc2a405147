import SessionInterfaces

/// From what people type to what is hashed. Follows protocol document 05, section 1.1.
enum NameNormalisation {
    /// Trims white space, changes capital letters to small ones and writes other scripts in ASCII ("xn--…").
    /// - Throws: `NameError(.invalidName)` for characters that internationalised names do not allow.
    static func apply(_ typed: String) throws(NameError) -> String {
        let lowered = lowercased(trimmed(typed))
        guard lowered.utf8.contains(where: { $0 >= 0x80 }) else { return lowered }
        guard let ascii = IDNA.asciiForm(of: lowered) else {
            throw NameError(.invalidName, "the name has characters that internationalised names do not allow")
        }
        return lowercased(ascii)
    }

    /// Changes ASCII only: what other letters become is for IDNA to say.
    static func lowercased(_ text: String) -> String {
        let capitals = UInt8(ascii: "A")...UInt8(ascii: "Z")
        return String(decoding: text.utf8.map { capitals.contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    private static func trimmed(_ text: String) -> String {
        guard let first = text.firstIndex(where: { !$0.isWhitespace }),
            let last = text.lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(text[first...last])
    }
}
