import FoundationEssentials

/// Base64 text in the standard alphabet, with or without padding.
public enum Base64 {
    public static func encode(_ bytes: some Sequence<UInt8>, padded: Bool = true) -> String {
        let text = Data(bytes).base64EncodedString()
        guard !padded, let end = text.lastIndex(where: { $0 != "=" }) else { return text }
        return String(text[...end])
    }

    /// The bytes of `text`, padded or not; nil when it is not base64.
    public static func decode(_ text: String) -> [UInt8]? {
        let missing = (4 - text.utf8.count % 4) % 4
        // Foundation reads "====" as a byte; no more than two signs can be padding.
        guard missing < 3, !text.utf8.dropLast(2).contains(UInt8(ascii: "=")) else { return nil }
        let padded = missing == 0 ? text : text + String(repeating: "=", count: missing)
        return Data(base64Encoded: padded).map { [UInt8]($0) }
    }
}
