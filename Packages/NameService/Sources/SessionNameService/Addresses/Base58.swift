/// The base58 of Oxen addresses: eight bytes at a time are eleven digits. Follows protocol document 05, section 4.1.
public enum Base58 {
    private static let alphabet = Array("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)
    private static let blockSize = 8
    private static let blockDigits = 11
    /// Digits by number of bytes of a block.
    private static let digitCounts = [0, 2, 3, 5, 6, 7, 9, 10, 11]

    private static let digitValues: [UInt8: UInt64] = Dictionary(
        uniqueKeysWithValues: alphabet.enumerated().map { ($1, UInt64($0)) })

    public static func encode(_ bytes: [UInt8]) -> String {
        var digits: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: blockSize) {
            let block = bytes[start..<min(start + blockSize, bytes.count)]
            var value = block.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            var encoded = [UInt8](repeating: alphabet[0], count: digitCounts[block.count])
            for position in encoded.indices.reversed() {
                let (quotient, remainder) = value.quotientAndRemainder(dividingBy: 58)
                encoded[position] = alphabet[Int(remainder)]
                value = quotient
            }
            digits += encoded
        }
        return String(decoding: digits, as: UTF8.self)
    }

    /// The bytes of `text`; nil when a character is none of the alphabet, a block has a length that no number of bytes
    /// gives, or its value is too large.
    public static func decode(_ text: String) -> [UInt8]? {
        let digits = Array(text.utf8)
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: digits.count, by: blockDigits) {
            guard let block = decode(block: digits[start..<min(start + blockDigits, digits.count)]) else { return nil }
            bytes += block
        }
        return bytes
    }

    private static func decode(block digits: ArraySlice<UInt8>) -> [UInt8]? {
        guard let size = digitCounts.firstIndex(of: digits.count) else { return nil }
        var value: UInt64 = 0
        for digit in digits {
            guard let digit = digitValues[digit] else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: 58)
            let (sum, carry) = product.addingReportingOverflow(digit)
            guard !overflow, !carry else { return nil }
            value = sum
        }
        guard size == blockSize || value >> UInt64(size * 8) == 0 else { return nil }
        return (0..<size).reversed().map { UInt8(truncatingIfNeeded: value >> UInt64($0 * 8)) }
    }
}
