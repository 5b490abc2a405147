/// Reads bencoded bytes from front to back, for whoever needs to know where a value lies or does not want it in memory.
/// Follows protocol document 03, section 1.
///
/// Nothing is taken on trust: a length beyond the input, or a number beyond 64 bits, reads as nil. A function that
/// gives nil or false leaves the reader where it was.
public struct BencodeReader: Sendable {
    /// Lists and dictionaries that may stand in one another.
    public static let greatestDepth = 64

    /// What deployed readers take although nobody writes it.
    public struct Tolerances: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8

        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Numbers and lengths with zeros in front, and minus zero.
        public static let leadingZeros = Tolerances(rawValue: 1)
        /// Keys out of order, or twice: they are passed over, as a reader that only goes forward never sees them.
        public static let disorderedKeys = Tolerances(rawValue: 2)
        /// Anything behind the value.
        public static let trailingBytes = Tolerances(rawValue: 4)
        /// All of these: what is read wherever a layer does not set rules of its own.
        public static let deployed: Tolerances = [.leadingZeros, .disorderedKeys, .trailingBytes]
    }

    /// What begins at a place.
    public enum Kind: Hashable, Sendable {
        case integer, string, list, dictionary
        /// The end of a list or dictionary.
        case end
    }

    public let tolerances: Tolerances
    /// Where the reader stands: an index of `input`, or its count.
    public private(set) var position = 0
    private let input: [UInt8]

    public init(_ input: [UInt8], tolerating tolerances: Tolerances = []) {
        self.input = input
        self.tolerances = tolerances
    }

    public var isAtEnd: Bool { position == input.count }

    /// What begins here; nil at the end of the input, and where nothing can begin.
    public var next: Kind? {
        guard position < input.count else { return nil }
        switch input[position] {
        case UInt8(ascii: "i"): return .integer
        case UInt8(ascii: "l"): return .list
        case UInt8(ascii: "d"): return .dictionary
        case UInt8(ascii: "e"): return .end
        case Self.digits: return .string
        default: return nil
        }
    }

    /// Goes into the list that begins here, if one does.
    public mutating func enterList() -> Bool { take("l") }

    /// Goes into the dictionary that begins here, if one does. Keys are read by `string`.
    public mutating func enterDictionary() -> Bool { take("d") }

    /// Goes behind the list or dictionary, if it ends here.
    public mutating func leave() -> Bool { take("e") }

    public mutating func integer() -> Int64? {
        let start = position
        if take("i") {
            let isNegative = take("-")
            if let magnitude = number(), take("e"), magnitude > 0 || !isNegative || tolerances.contains(.leadingZeros),
                let value = Int64(exactly: isNegative ? -Int128(magnitude) : Int128(magnitude))
            {
                return value
            }
        }
        position = start
        return nil
    }

    public mutating func string() -> [UInt8]? {
        let start = position
        guard let length = number(), take(":"), let count = Int(exactly: length), count <= input.count - position else {
            position = start
            return nil
        }
        defer { position += count }
        return Array(input[position..<(position + count)])
    }

    /// Digits; zeros in front only where they are tolerated.
    private mutating func number() -> UInt64? {
        var (number, end): (UInt64, Int) = (0, position)
        while end < input.count, Self.digits.contains(input[end]) {
            let (shifted, isTooLarge) = number.multipliedReportingOverflow(by: 10)
            let (sum, isTooLargeAfterAll) = shifted.addingReportingOverflow(UInt64(input[end] - UInt8(ascii: "0")))
            guard !isTooLarge, !isTooLargeAfterAll else { return nil }
            number = sum
            end += 1
        }
        let count = end - position
        guard count == 1 || count > 1 && (input[position] != UInt8(ascii: "0") || tolerances.contains(.leadingZeros))
        else { return nil }
        position = end
        return number
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard position < input.count, input[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
}
