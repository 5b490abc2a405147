extension String {
    /// Whether there is nothing in the text but white space.
    var isBlank: Bool { unicodeScalars.allSatisfy(\.properties.isWhitespace) }

    /// The text without white space and invisible marks around it.
    var trimmedForDisplay: String {
        let isInvisible = { (scalar: Unicode.Scalar) in
            switch scalar.value {
            case 0x200b...0x200f, 0x2060, 0xfeff: true
            default: scalar.properties.isWhitespace
            }
        }
        let rest = unicodeScalars.drop(while: isInvisible)
        guard let last = rest.lastIndex(where: { !isInvisible($0) }) else { return "" }
        return String(rest[...last])
    }

    /// The longest beginning of whole characters whose sizes add up to at most `limit`.
    func wholeCharacters(within limit: Int, size: (Character) -> Int) -> String {
        var total = 0
        let end = indices.first { position in
            total += size(self[position])
            return total > limit
        }
        return end.map { String(self[..<$0]) } ?? self
    }
}
