/// Text from the network made safe to show on a terminal.
enum PlainText {
    /// `text` with control characters, which could move the cursor or hide things, as visible escapes.
    /// Line breaks and tabs stay.
    static func visible(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n", "\t": result.unicodeScalars.append(scalar)
            case _ where isUnsafe(scalar): result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// C0 and C1 controls, and the marks that reorder text around them.
    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7f..<0xa0, 0x202a...0x202e, 0x2066...0x2069: true
        default: false
        }
    }

    /// `text` with every line after the first moved right by `indent`.
    static func indented(_ text: String, by indent: Int) -> String {
        let padding = String(repeating: " ", count: indent)
        return text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n\(padding)")
    }
}
