/// Reads bencoded bytes from front to back, without recursion. Follows protocol document 03, section 1.
struct BencodeReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    mutating func enterDictionary() -> Bool { take("d") }

    mutating func enterList() -> Bool { take("l") }

    /// Whether the list or dictionary ends here; then goes behind it.
    mutating func leave() -> Bool { take("e") }

    /// Goes to the value of `key` in a dictionary, past those of smaller keys. Keys are in order: a greater one means
    /// that `key` is not there.
    mutating func find(_ key: String) -> Bool {
        let key = Array(key.utf8)
        while let found = string() {
            if found == key { return true }
            guard found.lexicographicallyPrecedes(key), skip() else { return false }
        }
        return false
    }

    mutating func string() -> [UInt8]? {
        var (length, digits) = (0, 0)
        var after = rest
        while let byte = after.popFirst() {
            if byte == UInt8(ascii: ":") {
                guard digits > 0, length <= after.count else { return nil }
                rest = after.dropFirst(length)
                return Array(after.prefix(length))
            }
            // Nine digits are more than any message has, and cannot overflow.
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte), digits < 9 else { return nil }
            length = length * 10 + Int(byte - UInt8(ascii: "0"))
            digits += 1
        }
        return nil
    }

    /// Goes past a value, however deep.
    private mutating func skip() -> Bool {
        var depth = 0
        repeat {
            if enterDictionary() || enterList() {
                depth += 1
            } else if depth > 0, leave() {
                depth -= 1
            } else if take("i") {
                guard let end = rest.firstIndex(of: UInt8(ascii: "e")) else { return false }
                rest = rest[(end + 1)...]
            } else if string() == nil {
                return false
            }
        } while depth > 0
        return true
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }
}
