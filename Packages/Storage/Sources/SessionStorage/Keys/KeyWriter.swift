/// Builds binary keys whose byte order is the order of their parts, first part first.
///
/// `KeyReader` reads the parts back by functions of the same names.
public struct KeyWriter: Sendable {
    /// The key so far.
    public private(set) var key: [UInt8] = []

    public init() {}

    /// An integer of any type in as many bytes as its type has, most significant first. Negative ones come first.
    public mutating func integer<Value: FixedWidthInteger>(_ value: Value) {
        // With its sign flipped, a signed integer sorts as an unsigned one.
        let ordered = Value.isSigned ? value ^ Value.min : value
        withUnsafeBytes(of: ordered.bigEndian) { key.append(contentsOf: $0) }
    }

    /// Bytes whose number is the same in every key, or that end the key.
    public mutating func fixed(_ bytes: [UInt8]) {
        key.append(contentsOf: bytes)
    }

    /// Bytes of any number, as a part that others may follow: a zero byte becomes `00 ff`, and `00 00` ends it.
    public mutating func bytes(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            key.append(byte)
            if byte == 0 { key.append(0xff) }
        }
        key.append(0)
        key.append(0)
    }

    /// Text in UTF-8, as a part that others may follow.
    public mutating func text(_ text: String) {
        bytes(text.utf8)
    }
}
