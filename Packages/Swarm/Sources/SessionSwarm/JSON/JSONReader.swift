import SessionInterfaces

/// Reads JSON that strangers wrote. Depth and number of values are bounded; integers stay exact; nothing traps.
struct JSONReader {
    /// Levels of lists and objects inside each other.
    private static let maximumDepth = 32
    /// Values in a whole document: more than any list of nodes or messages has.
    private static let maximumValues = 1_000_000
    /// Characters of a number.
    private static let maximumNumberLength = 64

    private let bytes: [UInt8]
    private var position = 0
    private var remainingValues = Self.maximumValues

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The value of a whole document.
    /// - Throws: `SwarmError(.malformedAnswer)`.
    static func value(of bytes: [UInt8]) throws(SwarmError) -> JSONValue {
        var reader = JSONReader(bytes)
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.position == bytes.count else { throw reader.malformed("something follows the value") }
        return value
    }

    private mutating func value(depth: Int) throws(SwarmError) -> JSONValue {
        guard remainingValues > 0 else { throw malformed("too many values") }
        remainingValues -= 1
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return .object(try object(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try array(depth: depth + 1))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: return try number()
        }
    }

    private mutating func object(depth: Int) throws(SwarmError) -> [String: JSONValue] {
        guard depth <= Self.maximumDepth else { throw malformed("too deep") }
        position += 1
        var members: [String: JSONValue] = [:]
        skipSpace()
        if take(UInt8(ascii: "}")) { return members }
        repeat {
            skipSpace()
            let name = try string()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw malformed("a colon is missing") }
            members[name] = try value(depth: depth)
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw malformed("an object does not end") }
        return members
    }

    private mutating func array(depth: Int) throws(SwarmError) -> [JSONValue] {
        guard depth <= Self.maximumDepth else { throw malformed("too deep") }
        position += 1
        var elements: [JSONValue] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return elements }
        repeat {
            elements.append(try value(depth: depth))
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw malformed("a list does not end") }
        return elements
    }

    private mutating func literal(_ text: StaticString, _ value: JSONValue) throws(SwarmError) -> JSONValue {
        let isThere = text.withUTF8Buffer { text in bytes[position...].starts(with: text) }
        guard isThere else { throw malformed("neither a value nor a literal") }
        position += text.utf8CodeUnitCount
        return value
    }
}

// MARK: - Numbers

extension JSONReader {
    private mutating func number() throws(SwarmError) -> JSONValue {
        let start = position
        _ = take(UInt8(ascii: "-"))
        let firstDigit = peek
        let integerDigits = skipDigits()
        guard integerDigits > 0, integerDigits == 1 || firstDigit != UInt8(ascii: "0") else {
            throw malformed("no value")
        }
        var isInteger = true
        if take(UInt8(ascii: ".")) {
            isInteger = false
            guard skipDigits() > 0 else { throw malformed("a fraction has no digits") }
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            isInteger = false
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            guard skipDigits() > 0 else { throw malformed("an exponent has no digits") }
        }
        guard position - start <= Self.maximumNumberLength else { throw malformed("a number is too long") }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isInteger {
            if let value = Int64(text) { return .integer(value) }
            if let value = UInt64(text) { return .unsigned(value) }
        }
        guard let value = Double(text), value.isFinite else { throw malformed("a number is too large") }
        return .number(value)
    }

    private mutating func skipDigits() -> Int {
        let start = position
        while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        return position - start
    }
}

// MARK: - Texts

extension JSONReader {
    private mutating func string() throws(SwarmError) -> String {
        guard take(UInt8(ascii: "\"")) else { throw malformed("a text is missing") }
        let start = position
        while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { position += 1 }
        guard peek == UInt8(ascii: "\\") else {
            let end = position
            guard take(UInt8(ascii: "\"")) else { throw malformed("a text does not end") }
            return try text(bytes[start..<end])
        }
        var unescaped = Array(bytes[start..<position])
        while let byte = peek, byte >= 0x20 {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return try text(unescaped[...])
            case UInt8(ascii: "\\"): try appendEscaped(to: &unescaped)
            default: unescaped.append(byte)
            }
        }
        throw malformed("a text does not end")
    }

    private func text(_ bytes: ArraySlice<UInt8>) throws(SwarmError) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw malformed("a text is not UTF-8") }
        return text
    }

    private mutating func appendEscaped(to text: inout [UInt8]) throws(SwarmError) {
        guard let byte = peek else { throw malformed("a text does not end") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(8)
        case UInt8(ascii: "f"): text.append(12)
        case UInt8(ascii: "n"): text.append(10)
        case UInt8(ascii: "r"): text.append(13)
        case UInt8(ascii: "t"): text.append(9)
        case UInt8(ascii: "u"): text.append(contentsOf: String(try escapedScalar()).utf8)
        default: throw malformed("an escape is unknown")
        }
    }

    private mutating func escapedScalar() throws(SwarmError) -> Unicode.Scalar {
        let first = try escapedUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard (0xd800..<0xdc00).contains(first), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
            throw malformed("half a character")
        }
        let second = try escapedUnit()
        guard (0xdc00..<0xe000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (UInt32(first) - 0xd800) << 10 + UInt32(second) - 0xdc00)
        else { throw malformed("half a character") }
        return scalar
    }

    private mutating func escapedUnit() throws(SwarmError) -> UInt16 {
        let digits = bytes[position...].prefix(4)
        guard digits.count == 4, let decoded = Hex.decode(String(decoding: digits, as: UTF8.self)), decoded.count == 2
        else { throw malformed("an escape has no four digits") }
        position += 4
        return UInt16(decoded[0]) << 8 | UInt16(decoded[1])
    }
}

// MARK: - Bytes

extension JSONReader {
    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { position += 1 }
    }

    private func malformed(_ detail: String) -> SwarmError {
        SwarmError(.malformedAnswer, "the answer is not the JSON it has to be: \(detail) at byte \(position)")
    }
}
