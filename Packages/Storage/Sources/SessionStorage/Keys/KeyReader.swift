import SessionInterfaces

/// Takes apart a key that `KeyWriter` built.
///
/// Every function throws `StoreError(.corrupted)` when the key is not what it reads.
public struct KeyReader: Sendable {
    private var remaining: ArraySlice<UInt8>

    public init(_ key: [UInt8]) { remaining = key[...] }

    /// Everything has been read.
    public var isAtEnd: Bool { remaining.isEmpty }

    /// An integer of the type that the context asks for.
    public mutating func integer<Value: FixedWidthInteger>(_ type: Value.Type = Value.self) throws -> Value {
        let ordered = try fixed(MemoryLayout<Value>.size).reduce(into: Value.zero) { value, byte in
            value = value << 8 | Value(truncatingIfNeeded: byte)
        }
        return Value.isSigned ? ordered ^ Value.min : ordered
    }

    /// Exactly `count` bytes.
    public mutating func fixed(_ count: Int) throws -> [UInt8] {
        guard count >= 0, count <= remaining.count else { throw Self.corrupted() }
        defer { remaining.removeFirst(count) }
        return Array(remaining.prefix(count))
    }

    /// Bytes of any number.
    public mutating func bytes() throws -> [UInt8] {
        var bytes: [UInt8] = []
        while let byte = remaining.popFirst() {
            guard byte == 0 else {
                bytes.append(byte)
                continue
            }
            switch remaining.popFirst() {
            case 0: return bytes
            case 0xff: bytes.append(0)
            default: throw Self.corrupted()
            }
        }
        throw Self.corrupted()
    }

    /// Text in UTF-8.
    public mutating func text() throws -> String {
        guard let text = String(validating: try bytes(), as: UTF8.self) else { throw Self.corrupted() }
        return text
    }

    /// Everything that has not been read.
    public mutating func rest() -> [UInt8] {
        defer { remaining = [] }
        return Array(remaining)
    }

    private static func corrupted() -> StoreError {
        StoreError(.corrupted, "a key does not have the parts that its table calls for")
    }
}
