/// The base 32 alphabet of old `.snode` addresses.
enum Base32z {
    private static let alphabet = Array("ybndrfg8ejkmcpqxot1uwisza345h769".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        var pending: UInt32 = 0
        var pendingBits = 0
        for byte in bytes {
            pending = pending << 8 | UInt32(byte)
            pendingBits += 8
            while pendingBits >= 5 {
                pendingBits -= 5
                text.append(alphabet[Int(pending >> UInt32(pendingBits) & 31)])
            }
            pending &= 0xff
        }
        if pendingBits > 0 {
            text.append(alphabet[Int(pending << UInt32(5 - pendingBits) & 31)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
