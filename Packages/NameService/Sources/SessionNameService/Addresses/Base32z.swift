/// The base32z of Lokinet: five bits a character, in an alphabet made for people. Follows protocol document 05,
/// section 6.
public enum Base32z {
    private static let alphabet = Array("ybndrfg8ejkmcpqxot1uwisza345h769".utf8)

    private static let values: [UInt8: UInt32] = {
        var values: [UInt8: UInt32] = [:]
        for (value, character) in alphabet.enumerated() {
            values[character] = UInt32(value)
            if character >= UInt8(ascii: "a") { values[character & ~0x20] = UInt32(value) }
        }
        return values
    }()

    /// Lower-case characters, as many as the bits need.
    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var (text, pending, count): ([UInt8], UInt32, UInt32) = ([], 0, 0)
        for byte in bytes {
            pending = pending << 8 | UInt32(byte)
            count += 8
            while count >= 5 {
                count -= 5
                text.append(alphabet[Int(pending >> count & 31)])
            }
            pending &= (1 << count) - 1
        }
        if count > 0 { text.append(alphabet[Int(pending << (5 - count) & 31)]) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of `text`, whose letters may be capitals. Nil when a character is none of the alphabet, when the length
    /// is one that no bytes give, and when the bits after the last byte are not zero.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        var (bytes, pending, count): ([UInt8], UInt32, UInt32) = ([], 0, 0)
        for character in text.utf8 {
            guard let value = values[character] else { return nil }
            pending = pending << 5 | value
            count += 5
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: pending >> count))
                pending &= (1 << count) - 1
            }
        }
        guard count < 5, pending == 0 else { return nil }
        return bytes
    }
}
