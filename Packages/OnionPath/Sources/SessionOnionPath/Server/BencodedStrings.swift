/// A bencoded list of byte strings, `l5:helloe`: the frame of requests to servers.
public enum BencodedStrings {
    public static func encode(_ strings: [[UInt8]]) -> [UInt8] {
        var bytes: [UInt8] = [UInt8(ascii: "l")]
        bytes.reserveCapacity(2 + strings.reduce(0) { $0 + $1.count + 12 })
        for string in strings {
            bytes += String(string.count).utf8
            bytes.append(UInt8(ascii: ":"))
            bytes += string
        }
        bytes.append(UInt8(ascii: "e"))
        return bytes
    }

    /// The strings, or nil when `bytes` are anything but exactly one list of at most `maximumCount` byte strings.
    public static func decode(_ bytes: [UInt8], maximumCount: Int) -> [[UInt8]]? {
        var rest = bytes[...]
        guard rest.popFirst() == UInt8(ascii: "l") else { return nil }
        var strings: [[UInt8]] = []
        while let next = rest.first, next != UInt8(ascii: "e") {
            guard strings.count < maximumCount, let string = popString(&rest) else { return nil }
            strings.append(string)
        }
        guard rest.popFirst() == UInt8(ascii: "e"), rest.isEmpty else { return nil }
        return strings
    }

    private static func popString(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        var length = 0
        var digits = 0
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: ":") {
                guard digits > 0, length <= rest.count else { return nil }
                defer { rest = rest.dropFirst(length) }
                return Array(rest.prefix(length))
            }
            // Nine digits are more than any message has, and cannot overflow.
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte), digits < 9 else { return nil }
            length = length * 10 + Int(byte - UInt8(ascii: "0"))
            digits += 1
        }
        return nil
    }
}
