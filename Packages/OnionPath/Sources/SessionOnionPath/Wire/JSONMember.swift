/// Finds one member of a JSON object without interpreting its value, which keeps its exact bytes: numbers beyond 2^53
/// and the order of members survive.
enum JSONMember {
    /// The text of the value of the first member called `name`, without surrounding white space; nil when `object` is
    /// no object or has no such member. A name written with escapes is not found.
    static func value(of name: String, in object: [UInt8]) -> ArraySlice<UInt8>? {
        var scanner = JSONScanner(object)
        guard scanner.skip("{") else { return nil }
        while let found = scanner.string(), scanner.skip(":"), let value = scanner.value() {
            if found.elementsEqual(name.utf8) { return value }
            guard scanner.skip(",") else { return nil }
        }
        return nil
    }

    /// The texts of the elements of `array`; none when it is no array.
    static func elements(of array: [UInt8]) -> [ArraySlice<UInt8>] {
        var scanner = JSONScanner(array)
        var elements: [ArraySlice<UInt8>] = []
        guard scanner.skip("[") else { return [] }
        while let element = scanner.value(), !element.isEmpty {
            elements.append(element)
            guard scanner.skip(",") else { break }
        }
        return elements
    }
}

/// Walks over JSON text without recursion, so that nesting cannot exhaust the stack.
private struct JSONScanner {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Passes white space and then `character`, or stays before the latter.
    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    /// Passes a string and returns what is between its quotes.
    mutating func string() -> ArraySlice<UInt8>? {
        guard skip("\"") else { return nil }
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return bytes[start..<position - 1]
            case UInt8(ascii: "\\"): position += 2
            default: position += 1
            }
        }
        return nil
    }

    /// Passes a value of any kind, up to the comma or bracket that ends it.
    mutating func value() -> ArraySlice<UInt8>? {
        skipSpace()
        let start = position
        var end = start
        var depth = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                guard string() != nil else { return nil }
                end = position
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return bytes[start..<end] }
                depth -= 1
            case UInt8(ascii: ","): if depth == 0 { return bytes[start..<end] }
            case let byte where Self.isSpace(byte):
                position += 1
                continue
            default: break
            }
            position += 1
            end = position
        }
        return nil
    }

    private mutating func skipSpace() {
        while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09
    }
}
