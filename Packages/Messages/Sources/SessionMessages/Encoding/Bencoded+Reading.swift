extension Bencoded {
    /// Reads one value that takes up all of `encoded`; nil when it is damaged, not canonical, or nested too deeply.
    init?(_ encoded: [UInt8]) {
        var reader = BencodedReader(encoded)
        guard let value = reader.value(depth: 0), reader.isAtEnd else { return nil }
        self = value
    }
}

/// Reads bencoding from anyone: nothing is taken on trust, so that memory stays in proportion to the input.
private struct BencodedReader {
    private static let deepest = 16
    private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")

    private let input: [UInt8]
    private var position = 0

    init(_ input: [UInt8]) { self.input = input }

    var isAtEnd: Bool { position == input.count }

    mutating func value(depth: Int) -> Bencoded? {
        guard depth < Self.deepest, let first = peek else { return nil }
        switch first {
        case UInt8(ascii: "i"): return integer().map(Bencoded.integer)
        case UInt8(ascii: "l"): return list(depth: depth)
        case UInt8(ascii: "d"): return dictionary(depth: depth)
        default: return bytes().map(Bencoded.bytes)
        }
    }

    private var peek: UInt8? { position < input.count ? input[position] : nil }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard let next = peek, next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func integer() -> Int64? {
        guard skip("i") else { return nil }
        let isNegative = skip("-")
        guard let magnitude = number(), skip("e") else { return nil }
        if isNegative, magnitude == 0 { return nil }
        return Int64(exactly: isNegative ? -Int128(magnitude) : Int128(magnitude))
    }

    private mutating func bytes() -> [UInt8]? {
        guard let length = number(), skip(":"), let count = Int(exactly: length), count <= input.count - position else {
            return nil
        }
        defer { position += count }
        return Array(input[position..<(position + count)])
    }

    /// Digits without needless zeros in front.
    private mutating func number() -> UInt64? {
        let rest = input[position...]
        let digits = rest.prefix(20).prefix(while: Self.digits.contains)
        guard let first = digits.first, first != UInt8(ascii: "0") || digits.count == 1 else { return nil }
        position = digits.endIndex
        return UInt64(String(decoding: digits, as: UTF8.self))
    }

    private mutating func list(depth: Int) -> Bencoded? {
        guard skip("l") else { return nil }
        var values: [Bencoded] = []
        while !skip("e") {
            guard let value = value(depth: depth + 1) else { return nil }
            values.append(value)
        }
        return .list(values)
    }

    private mutating func dictionary(depth: Int) -> Bencoded? {
        guard skip("d") else { return nil }
        var entries: [Bencoded.Entry] = []
        while !skip("e") {
            guard let key = bytes(), entries.last.map({ $0.key.lexicographicallyPrecedes(key) }) ?? true,
                let value = value(depth: depth + 1)
            else { return nil }
            entries.append(.init(key, value))
        }
        return .dictionary(entries)
    }
}
