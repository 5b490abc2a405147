import SessionSwarm

/// Reads a JSON document without recursion into what nobody asks for: values nested deeper than `depthLimit` are
/// checked, but come out empty, so that no document can exhaust the stack.
struct JSONReader {
    /// Deeper than any document of the protocol goes.
    static let depthLimit = 64

    private let bytes: [UInt8]
    private var position = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Nil unless `bytes` are one document and nothing else.
    static func document(_ bytes: [UInt8]) -> JSONValue? {
        var reader = JSONReader(bytes)
        guard let value = reader.value(depth: 0) else { return nil }
        reader.skipSpace()
        return reader.position == bytes.count ? value : nil
    }

    private mutating func value(depth: Int) -> JSONValue? {
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return depth < Self.depthLimit ? object(depth: depth) : skipped([:])
        case UInt8(ascii: "["): return depth < Self.depthLimit ? array(depth: depth) : skipped([])
        default: return scalar()
        }
    }

    private mutating func object(depth: Int) -> JSONValue? {
        position += 1
        var members: [String: JSONValue] = [:]
        skipSpace()
        if take("}") { return .object(members) }
        repeat {
            guard let name = key(), let value = value(depth: depth + 1) else { return nil }
            members[name] = value
            skipSpace()
        } while take(",")
        return take("}") ? .object(members) : nil
    }

    private mutating func array(depth: Int) -> JSONValue? {
        position += 1
        var elements: [JSONValue] = []
        skipSpace()
        if take("]") { return .array(elements) }
        repeat {
            guard let value = value(depth: depth + 1) else { return nil }
            elements.append(value)
            skipSpace()
        } while take(",")
        return take("]") ? .array(elements) : nil
    }

    /// The name of a member and the colon after it.
    private mutating func key() -> String? {
        skipSpace()
        guard let name = string() else { return nil }
        skipSpace()
        return take(":") ? name : nil
    }

    private mutating func scalar() -> JSONValue? {
        switch peek {
        case UInt8(ascii: "\""): return string().map { .string($0) }
        case UInt8(ascii: "t"): return take("true") ? .bool(true) : nil
        case UInt8(ascii: "f"): return take("false") ? .bool(false) : nil
        case UInt8(ascii: "n"): return take("null") ? .null : nil
        default: return number()
        }
    }
}

extension JSONReader {
    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { position += 1 }
    }

    private mutating func take(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard bytes.count - position >= count else { return false }
        for offset in 0..<count where bytes[position + offset] != text.utf8Start[offset] { return false }
        position += count
        return true
    }

    private mutating func digits() -> Bool {
        let start = position
        while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        return position > start
    }

    private mutating func number() -> JSONValue? {
        let start = position
        var isWhole = true
        _ = take("-")
        if !take("0") {
            guard digits() else { return nil }
        }
        if take(".") {
            isWhole = false
            guard digits() else { return nil }
        }
        if take("e") || take("E") {
            isWhole = false
            if !take("+") { _ = take("-") }
            guard digits() else { return nil }
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isWhole {
            if let number = Int64(text) { return .integer(number) }
            if let number = UInt64(text) { return .unsigned(number) }
        }
        guard let number = Double(text), number.isFinite else { return nil }
        return .number(number)
    }

    private mutating func string() -> String? {
        guard take("\"") else { return nil }
        let start = position
        while let byte = peek, byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { position += 1 }
        guard peek == UInt8(ascii: "\\") else {
            let text = bytes[start..<position]
            return take("\"") ? String(validating: text, as: UTF8.self) : nil
        }
        var text = Array(bytes[start..<position])
        while let byte = peek, byte >= 0x20 {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(validating: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let scalar = escaped() else { return nil }
                text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            default: text.append(byte)
            }
        }
        return nil
    }

    private mutating func escaped() -> Unicode.Scalar? {
        guard let byte = peek else { return nil }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            guard let unit = codeUnit() else { return nil }
            guard (0xd800..<0xdc00).contains(unit) else { return Unicode.Scalar(unit) }
            guard take("\\u"), let low = codeUnit(), (0xdc00..<0xe000).contains(low) else { return nil }
            return Unicode.Scalar(0x10000 + (unit - 0xd800) << 10 + (low - 0xdc00))
        default: return nil
        }
    }

    private mutating func codeUnit() -> UInt32? {
        guard bytes.count - position >= 4 else { return nil }
        defer { position += 4 }
        let text = bytes[position..<position + 4]
        guard !text.contains(UInt8(ascii: "+")), !text.contains(UInt8(ascii: "-")) else { return nil }
        return UInt32(String(decoding: text, as: UTF8.self), radix: 16)
    }

    /// `empty`, if a list or object follows that is well-formed.
    private mutating func skipped(_ empty: JSONValue) -> JSONValue? {
        var open: [UInt8] = []
        repeat {
            skipSpace()
            if let bracket = peek, bracket == UInt8(ascii: "[") || bracket == UInt8(ascii: "{") {
                position += 1
                open.append(bracket)
                skipSpace()
                if close(bracket) {
                    open.removeLast()
                } else if bracket == UInt8(ascii: "{"), key() == nil {
                    return nil
                } else {
                    continue
                }
            } else if scalar() == nil {
                return nil
            }
            while let bracket = open.last {
                skipSpace()
                if take(",") {
                    if bracket == UInt8(ascii: "{"), key() == nil { return nil }
                    break
                }
                guard close(bracket) else { return nil }
                open.removeLast()
            }
        } while !open.isEmpty
        return empty
    }

    private mutating func close(_ bracket: UInt8) -> Bool {
        bracket == UInt8(ascii: "[") ? take("]") : take("}")
    }
}
