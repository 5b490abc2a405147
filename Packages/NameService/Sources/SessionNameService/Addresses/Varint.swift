/// Numbers in seven bits a byte, least significant first; the high bit says that more follows. Follows protocol
/// document 05, section 3.6.
enum Varint {
    static func encode(_ value: UInt64) -> [UInt8] {
        var (bytes, rest): ([UInt8], UInt64) = ([], value)
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }

    /// Takes a number from the front of `bytes`; nil when it is cut short, has a superfluous zero byte or more than 64
    /// bits.
    static func take(from bytes: inout ArraySlice<UInt8>) -> UInt64? {
        var (value, shift): (UInt64, UInt64) = (0, 0)
        while let byte = bytes.popFirst() {
            let bits = UInt64(byte & 0x7f)
            guard shift < 64, shift < 63 || bits <= 1 else { return nil }
            value |= bits << shift
            guard byte & 0x80 != 0 else { return byte == 0 && shift > 0 ? nil : value }
            shift += 7
        }
        return nil
    }
}
