import CIDN2

/// Internationalised names in ASCII: IDNA 2008 with the mappings of Unicode Technical Standard 46, non-transitional.
enum IDNA {
    /// Bytes that no name of 64 characters needs, however it is composed.
    private static let maximumByteCount = 1024

    /// Nil when `text` holds what such names do not allow, or is too long for one.
    static func asciiForm(of text: String) -> String? {
        converted(text) { input, output in
            let flags = CInt(IDN2_NFC_INPUT.rawValue | IDN2_NONTRANSITIONAL.rawValue)
            return idn2_to_ascii_8z(input, output, flags)
        }
    }

    /// What a name in ASCII reads; nil when it is the form of no name.
    static func unicodeForm(of ascii: String) -> String? {
        converted(ascii) { input, output in idn2_to_unicode_8z8z(input, output, 0) }
    }

    private static func converted(
        _ text: String, _ convert: (UnsafePointer<CChar>, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> CInt
    ) -> String? {
        guard text.utf8.count <= maximumByteCount, !text.utf8.contains(0) else { return nil }
        var output: UnsafeMutablePointer<CChar>?
        guard convert(text, &output) == IDN2_OK.rawValue, let output else { return nil }
        defer { idn2_free(output) }
        return String(cString: output)
    }
}
