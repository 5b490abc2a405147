import SessionInterfaces

/// What a name may look like, by type. Follows protocol document 05, section 1.1.
enum NameRules {
    /// Bytes of the longest name of an account or a wallet.
    static let maximumLength = 64
    static let lokinetSuffix = ".loki"

    private static let maximumLabelLength = 63
    /// The longest label without a hyphen: none may look like a key.
    private static let maximumPlainLabelLength = 32
    private static let reservedLabels: Set<String> = ["localhost", "loki", "snode"]
    private static let hyphen = UInt8(ascii: "-")

    /// - Parameter text: in lower case.
    /// - Throws: `NameError(.invalidName)` that says which rule is broken.
    static func check(_ text: String, as type: NameType) throws(NameError) {
        guard !text.isEmpty else { throw NameError(.invalidName, "the name is empty") }
        switch type {
        case .session, .wallet: try checkPlain(text)
        case .lokinet: try checkLokinet(text)
        }
    }

    private static func checkPlain(_ text: String) throws(NameError) {
        guard text.utf8.allSatisfy({ isLetterOrDigit($0) || $0 == hyphen || $0 == UInt8(ascii: "_") }) else {
            throw NameError(.invalidName, "the name has characters other than letters, digits, '_' and '-'")
        }
        guard text.utf8.count <= maximumLength else {
            throw NameError(.invalidName, "the name is longer than \(maximumLength) characters")
        }
        try checkEnds(text)
    }

    private static func checkLokinet(_ text: String) throws(NameError) {
        guard text.hasSuffix(lokinetSuffix) else {
            throw NameError(.invalidName, "the name does not end in \(lokinetSuffix)")
        }
        let label = String(text.dropLast(lokinetSuffix.count))
        guard !label.isEmpty else { throw NameError(.invalidName, "the name has nothing before \(lokinetSuffix)") }
        guard label.utf8.allSatisfy({ isLetterOrDigit($0) || $0 == hyphen }) else {
            throw NameError(
                .invalidName, "the name has characters other than letters, digits and '-' before the suffix")
        }
        let limit = label.utf8.contains(hyphen) ? maximumLabelLength : maximumPlainLabelLength
        guard label.utf8.count <= limit else {
            throw NameError(.invalidName, "the name has more than \(limit) characters before \(lokinetSuffix)")
        }
        guard !reservedLabels.contains(label) else { throw NameError(.invalidName, "the name is reserved") }
        guard !label.dropFirst(2).hasPrefix("--") || label.hasPrefix("xn--") else {
            throw NameError(.invalidName, "names with two hyphens after two characters are reserved")
        }
        try checkEnds(label)
    }

    private static func checkEnds(_ text: String) throws(NameError) {
        guard text.utf8.first != hyphen, text.utf8.last != hyphen else {
            throw NameError(.invalidName, "the name begins or ends with a hyphen")
        }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }
}
