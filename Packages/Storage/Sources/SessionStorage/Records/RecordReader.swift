import SessionInterfaces

/// Reads the fields of a record as `RecordWriter` wrote them.
///
/// Whatever the bytes are, it reads no further than their end and reserves no more memory than they have bytes.
/// Every function throws `StoreError(.corrupted)` when they are not what it reads.
public struct RecordReader: Sendable {
    private var remaining: ArraySlice<UInt8>

    public init(_ bytes: [UInt8]) { remaining = bytes[...] }

    /// Everything has been read.
    public var isAtEnd: Bool { remaining.isEmpty }

    public mutating func byte() throws -> UInt8 {
        guard let byte = remaining.popFirst() else { throw Self.corrupted("ends too early") }
        return byte
    }

    public mutating func flag() throws -> Bool {
        switch try byte() {
        case 0: false
        case 1: true
        default: throw Self.corrupted("has a flag that is neither 0 nor 1")
        }
    }

    /// An integer of the type that the context asks for.
    public mutating func integer<Value: FixedWidthInteger>(_ type: Value.Type = Value.self) throws -> Value {
        let raw = try varint()
        let value =
            Value.isSigned
            ? Value(exactly: Int64(bitPattern: raw >> 1) ^ -Int64(bitPattern: raw & 1)) : Value(exactly: raw)
        guard let value else { throw Self.corrupted("has an integer that is out of range") }
        return value
    }

    /// Bytes with their number before them.
    public mutating func bytes() throws -> [UInt8] {
        try fixed(count())
    }

    /// Exactly `count` bytes.
    public mutating func fixed(_ count: Int) throws -> [UInt8] {
        guard count >= 0, count <= remaining.count else { throw Self.corrupted("ends too early") }
        defer { remaining.removeFirst(count) }
        return Array(remaining.prefix(count))
    }

    /// Text in UTF-8 with its number of bytes before it.
    public mutating func text() throws -> String {
        guard let text = String(validating: try bytes(), as: UTF8.self) else {
            throw Self.corrupted("has a text that is not UTF-8")
        }
        return text
    }

    /// What `read` reads, when the flag says that there is a value.
    public mutating func optional<Value>(_ read: (inout RecordReader) throws -> Value) throws -> Value? {
        try flag() ? try read(&self) : nil
    }

    /// As many elements as the number before them says. An element takes at least one byte.
    public mutating func list<Element>(_ read: (inout RecordReader) throws -> Element) throws -> [Element] {
        let count = try count()
        var elements: [Element] = []
        for _ in 0..<count {
            guard !isAtEnd else { throw Self.corrupted("ends too early") }
            elements.append(try read(&self))
        }
        return elements
    }

    private mutating func count() throws -> Int {
        let count = try integer(UInt64.self)
        guard count <= UInt64(remaining.count) else { throw Self.corrupted("has a length beyond its end") }
        return Int(count)
    }

    private mutating func varint() throws -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: 0, to: 64, by: 7) {
            let byte = try byte()
            // Only one bit is left for the tenth byte.
            guard shift < 63 || byte <= 1 else { break }
            value |= UInt64(byte & 0x7f) << UInt64(shift)
            if byte < 0x80 { return value }
        }
        throw Self.corrupted("has an integer of more than 64 bits")
    }

    private static func corrupted(_ what: String) -> StoreError {
        StoreError(.corrupted, "a stored record \(what)")
    }
}
