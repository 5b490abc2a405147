/// Writes the fields of a record, one after the other. `RecordReader` reads them back by functions of the same names.
public struct RecordWriter: Sendable {
    /// What has been written so far.
    public private(set) var encoded: [UInt8] = []

    public init() {}

    /// One byte.
    public mutating func byte(_ value: UInt8) {
        encoded.append(value)
    }

    /// One byte: 0 or 1.
    public mutating func flag(_ value: Bool) {
        byte(value ? 1 : 0)
    }

    /// An integer of any type in 1 to 10 bytes: seven bits a byte, lowest first, with the highest bit set in all but
    /// the last. Of a signed type, small numbers of either sign are short.
    public mutating func integer<Value: FixedWidthInteger>(_ value: Value) {
        precondition(Value.bitWidth <= 64, "integers have at most 64 bits")
        if Value.isSigned {
            let wide = Int64(truncatingIfNeeded: value)
            varint(UInt64(bitPattern: wide << 1 ^ wide >> 63))
        } else {
            varint(UInt64(truncatingIfNeeded: value))
        }
    }

    /// Bytes of any number, with their number before them.
    public mutating func bytes(_ value: [UInt8]) {
        integer(UInt64(value.count))
        encoded.append(contentsOf: value)
    }

    /// Bytes whose number the reader knows.
    public mutating func fixed(_ value: [UInt8]) {
        encoded.append(contentsOf: value)
    }

    /// Text in UTF-8, with its number of bytes before it.
    public mutating func text(_ value: String) {
        integer(UInt64(value.utf8.count))
        encoded.append(contentsOf: value.utf8)
    }

    /// A flag, then, when there is a value, what `write` writes.
    public mutating func optional<Value>(_ value: Value?, _ write: (inout RecordWriter, Value) throws -> Void) rethrows
    {
        flag(value != nil)
        if let value { try write(&self, value) }
    }

    /// The number of elements, then what `write` writes for each.
    public mutating func list<Elements: Collection>(
        _ elements: Elements, _ write: (inout RecordWriter, Elements.Element) throws -> Void
    ) rethrows {
        integer(UInt64(elements.count))
        for element in elements { try write(&self, element) }
    }

    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            byte(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        byte(UInt8(rest))
    }
}
