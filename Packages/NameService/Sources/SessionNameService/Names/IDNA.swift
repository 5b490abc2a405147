import CIDN2

/// Internationalised names in ASCII: IDNA 2008 with the mappings of Unicode Technical Standard 46, non-transitional.
enum IDNA {
    /// Bytes that no name of 64 characters needs, however it is composed.
    private static let maximumByteCount = 1024

    /// Nil when `text` holds what such names do not allow, or is too long for one.
    static func asciiForm(of text: String) -> String? {
        guard text.utf8.count <= maximumByteCount, !text.utf8.contains(0) else { return nil }
        var output: UnsafeMutablePointer<CChar>?
        let flags = CInt(IDN2_NFC_INPUT.rawValue | IDN2_NONTRANSITIONAL.rawValue)
        guard idn2_to_ascii_8z(text, &output, flags) == IDN2_OK.rawValue, let output else { return nil }
        defer { idn2_free(output) }
        return String(cString: output)
    }
}
