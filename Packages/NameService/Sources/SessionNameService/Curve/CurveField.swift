import SessionInterfaces

/// An element of the field of 2^255 − 19 elements, in five words of 51 bits. No step depends on the value.
struct CurveField {
    private typealias Words = InlineArray<5, UInt64>

    private static let mask: UInt64 = (1 << 51) - 1
    /// Four times the order: what keeps differences positive.
    private static let multiple: [UInt64] = [
        (1 << 53) - 76, (1 << 53) - 4, (1 << 53) - 4, (1 << 53) - 4, (1 << 53) - 4,
    ]

    static let zero = CurveField(0)
    static let one = CurveField(1)
    static let minusOneRoot = CurveField(2).power(ones: 253, exceptBit: 2)

    /// Little more than 51 bits each.
    private var words: Words

    /// - Parameter small: less than 2^51.
    init(_ small: UInt64) { words = [small, 0, 0, 0, 0] }

    /// Carries until every word is small again.
    private init(carrying wide: Words) {
        words = wide
        for _ in 0..<2 {
            var carry: UInt64 = 0
            for position in 0..<5 {
                let sum = words[position] &+ carry
                words[position] = sum & Self.mask
                carry = sum >> 51
            }
            words[0] &+= carry &* 19
        }
    }

    /// Reads 32 bytes, least significant first, without their highest bit.
    init(_ bytes: Bytes32) {
        let quads = bytes.withUnsafeBytes { bytes in
            (0..<4).map { UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self)) }
        }
        words = [
            quads[0] & Self.mask, (quads[0] >> 51 | quads[1] << 13) & Self.mask,
            (quads[1] >> 38 | quads[2] << 26) & Self.mask, (quads[2] >> 25 | quads[3] << 39) & Self.mask,
            quads[3] >> 12 & Self.mask,
        ]
    }

    /// The one form below the order: 32 bytes, least significant first, the highest bit clear.
    var bytes: Bytes32 {
        var reduced = CurveField(carrying: words).words
        // Not below the order means that adding 19 carries out of the 255 bits.
        var carry: UInt64 = 19
        for position in 0..<5 { carry = (reduced[position] &+ carry) >> 51 }
        carry &*= 19
        for position in 0..<5 {
            let sum = reduced[position] &+ carry
            reduced[position] = sum & Self.mask
            carry = sum >> 51
        }
        let quads = [
            reduced[0] | reduced[1] << 51, reduced[1] >> 13 | reduced[2] << 38,
            reduced[2] >> 26 | reduced[3] << 25, reduced[3] >> 39 | reduced[4] << 12,
        ]
        return Bytes32 { target in
            for (position, quad) in quads.enumerated() {
                target.storeBytes(of: quad.littleEndian, toByteOffset: position * 8, as: UInt64.self)
            }
        }
    }

    var isZero: Bool { bytes == Bytes32() }

    static func + (left: Self, right: Self) -> Self {
        var sums = left.words
        for position in 0..<5 { sums[position] &+= right.words[position] }
        return CurveField(carrying: sums)
    }

    static func - (left: Self, right: Self) -> Self {
        var differences = left.words
        for position in 0..<5 { differences[position] &+= multiple[position] &- right.words[position] }
        return CurveField(carrying: differences)
    }

    static func * (left: Self, right: Self) -> Self {
        var sums = InlineArray<5, UInt128>(repeating: 0)
        for i in 0..<5 {
            for j in 0..<5 {
                let (high, low) = left.words[i].multipliedFullWidth(
                    by: i + j < 5 ? right.words[j] : right.words[j] &* 19)
                sums[(i + j) % 5] &+= UInt128(high) << 64 | UInt128(low)
            }
        }
        var product = Words(repeating: 0)
        var carry: UInt128 = 0
        for position in 0..<5 {
            let sum = sums[position] &+ carry
            product[position] = UInt64(truncatingIfNeeded: sum) & mask
            carry = sum >> 51
        }
        // The carry has up to 54 bits: times 19 it fits a word with room to spare.
        product[0] &+= UInt64(truncatingIfNeeded: carry) &* 19
        return CurveField(carrying: product)
    }

    /// The multiplicative inverse; zero of zero. By Fermat: the power of the order less two, 2^255 − 21.
    var inverse: CurveField { power(ones: 255, exceptBit: 2, and: 4) }

    /// The power whose exponent has `count` bits, all set but the ones named.
    func power(ones count: Int, exceptBit hole: Int, and other: Int? = nil) -> CurveField {
        var result = CurveField.one
        for bit in (0..<count).reversed() {
            result = result * result
            if bit != hole, bit != other { result = result * self }
        }
        return result
    }

    /// `left` when `condition` is 0, `right` when it is 1.
    static func choose(_ left: Self, _ right: Self, _ condition: UInt64) -> Self {
        var chosen = left
        let mask = 0 &- condition
        for position in 0..<5 {
            chosen.words[position] ^= mask & (left.words[position] ^ right.words[position])
        }
        return chosen
    }
}
