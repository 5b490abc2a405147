/// Thirty-two bytes stored in place: a public key, a hash, a digest. Never a secret.
public struct Bytes32: Hashable, Sendable {
    public static let byteCount = 32

    // Four words in memory order, so that the value needs no heap allocation and hashes quickly.
    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    /// All zero.
    public init() {}

    /// The bytes of `source`, or nil unless there are exactly 32.
    public init?(_ source: some Sequence<UInt8>) {
        var count = 0
        var iterator = source.makeIterator()
        let filled = withUnsafeMutableBytes(of: &words) { target in
            while let byte = iterator.next() {
                guard count < Self.byteCount else { return false }
                target[count] = byte
                count += 1
            }
            return count == Self.byteCount
        }
        guard filled else { return nil }
    }

    /// Fills the value through `initializer`, which receives a zeroed buffer of 32 bytes.
    public init<E: Error>(filledBy initializer: (UnsafeMutableRawBufferPointer) throws(E) -> Void) throws(E) {
        try withUnsafeMutableBytes(of: &words, initializer)
    }

    public func withUnsafeBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try Swift.withUnsafeBytes(of: words, body)
    }

    /// A copy of the bytes.
    public var bytes: [UInt8] { withUnsafeBytes { [UInt8]($0) } }

    /// Sixty-four lower-case hexadecimal digits.
    public var hex: String { Hex.encode(bytes) }

    public static func == (left: Bytes32, right: Bytes32) -> Bool {
        left.words == right.words
    }

    public func hash(into hasher: inout Hasher) {
        withUnsafeBytes { hasher.combine(bytes: $0) }
    }
}

extension Bytes32: Comparable {
    /// Byte order, first byte most significant.
    public static func < (left: Bytes32, right: Bytes32) -> Bool {
        left.withUnsafeBytes { l in right.withUnsafeBytes { r in l.lexicographicallyPrecedes(r) } }
    }
}
