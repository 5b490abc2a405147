import SessionInterfaces

/// A number modulo the order of Ed25519's main subgroup, 2^252 and some. No step depends on the value.
struct CurveScalar {
    static let byteCount = 32

    private typealias Words = InlineArray<4, UInt64>

    private static let order: [UInt64] = [
        0x5812_631a_5cf5_d3ed, 0x14de_f9de_a2f7_9cd6, 0, 0x1000_0000_0000_0000,
    ]

    /// Least significant first; below the order.
    private var words = Words(repeating: 0)

    static let zero = CurveScalar()

    private init() {}

    /// Reads 32 bytes, least significant first, and takes what is left of the division by the order.
    init(reducing bytes: UnsafeRawBufferPointer) {
        for byte in bytes.reversed() {
            for bit in (0..<8).reversed() {
                self = self + self
                self = self + CurveScalar(small: UInt64(byte >> bit & 1))
            }
        }
    }

    init(reducing bytes: [UInt8]) { self = bytes.withUnsafeBytes { CurveScalar(reducing: $0) } }

    /// Nil unless `bytes` are 32 and below the order already.
    init?(canonical bytes: ArraySlice<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.init(reducing: Array(bytes))
        guard self.bytes == Array(bytes) else { return nil }
    }

    /// - Parameter small: below the order.
    private init(small: UInt64) { words[0] = small }

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        for position in 0..<4 { bytes += withUnsafeBytes(of: words[position].littleEndian, [UInt8].init) }
        return bytes
    }

    /// 0 or 1.
    func bit(_ position: Int) -> UInt64 { words[position / 64] >> UInt64(position % 64) & 1 }

    static func + (left: Self, right: Self) -> Self {
        var sum = CurveScalar()
        var carry: UInt64 = 0
        for position in 0..<4 {
            let (partial, first) = left.words[position].addingReportingOverflow(right.words[position])
            let (word, second) = partial.addingReportingOverflow(carry)
            sum.words[position] = word
            carry = (first ? 1 : 0) | (second ? 1 : 0)
        }
        // Two numbers below the order have a sum below twice the order, which fits.
        let (difference, borrow) = sum.subtractingOrder()
        let mask = 0 &- borrow
        for position in 0..<4 {
            sum.words[position] = (sum.words[position] & mask) | (difference[position] & ~mask)
        }
        return sum
    }

    static prefix func - (scalar: Self) -> Self {
        // The order less one, times the number.
        var minusOne = CurveScalar()
        for position in 0..<4 { minusOne.words[position] = order[position] }
        minusOne.words[0] &-= 1
        return minusOne * scalar
    }

    static func * (left: Self, right: Self) -> Self {
        var product = CurveScalar.zero
        for position in (0..<256).reversed() {
            product = product + product
            var addend = right
            let mask = 0 &- left.bit(position)
            for word in 0..<4 { addend.words[word] &= mask }
            product = product + addend
        }
        return product
    }

    private func subtractingOrder() -> (words: Words, borrow: UInt64) {
        var difference = Words(repeating: 0)
        var borrow: UInt64 = 0
        for position in 0..<4 {
            let (partial, first) = words[position].subtractingReportingOverflow(Self.order[position])
            let (word, second) = partial.subtractingReportingOverflow(borrow)
            difference[position] = word
            borrow = (first ? 1 : 0) | (second ? 1 : 0)
        }
        return (difference, borrow)
    }
}
