import SessionInterfaces

/// An element of the field of 2^255 − 19 elements, for what libsodium does not offer: converting public keys. The time
/// that it takes depends on the value, so it is not for secrets.
struct FieldElement: Equatable {
    /// Least significant word first. The value may be the order or more, but fits.
    private var words: [UInt64]

    static let one = FieldElement(words: [1, 0, 0, 0])

    /// 2^255 − 19.
    private static let order: [UInt64] = [.max - 18, .max, .max, .max >> 1]

    private init(words: [UInt64]) { self.words = words }

    /// Reads 32 bytes, least significant first, without their highest bit.
    init(_ bytes: Bytes32) {
        words = bytes.withUnsafeBytes { bytes in
            (0..<4).map { UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self)) }
        }
        words[3] &= .max >> 1
    }

    /// The one form below the order: 32 bytes, least significant first, the highest bit clear.
    var bytes: Bytes32 {
        var reduced = words
        while !reduced.reversed().lexicographicallyPrecedes(Self.order.reversed()) {
            reduced = Self.sum(reduced, Self.order.map(~), carry: 1).words
        }
        return Bytes32 { target in
            for (position, word) in reduced.enumerated() {
                target.storeBytes(of: word.littleEndian, toByteOffset: position * 8, as: UInt64.self)
            }
        }
    }

    static func == (left: Self, right: Self) -> Bool { left.bytes == right.bytes }

    static func + (left: Self, right: Self) -> Self {
        let (sum, carry) = sum(left.words, right.words)
        return folded(sum + [carry, 0, 0, 0])
    }

    static prefix func - (element: Self) -> Self {
        // Minus one is the order less one.
        element * FieldElement(words: [order[0] - 1, order[1], order[2], order[3]])
    }

    static func * (left: Self, right: Self) -> Self {
        var product = [UInt64](repeating: 0, count: 8)
        for (i, factor) in left.words.enumerated() {
            var carry: UInt64 = 0
            for (j, other) in right.words.enumerated() {
                let (high, low) = factor.multipliedFullWidth(by: other)
                let (first, firstCarry) = product[i + j].addingReportingOverflow(low)
                let (second, secondCarry) = first.addingReportingOverflow(carry)
                product[i + j] = second
                carry = high &+ (firstCarry ? 1 : 0) &+ (secondCarry ? 1 : 0)
            }
            product[i + 4] = carry
        }
        return folded(product)
    }

    /// The multiplicative inverse; zero of zero. By Fermat: the power of the order less two, 2^255 − 21.
    var inverse: FieldElement {
        var result = FieldElement.one
        for bit in (0..<255).reversed() {
            result = result * result
            // All bits are set but those of 20 = 2^2 + 2^4.
            if bit != 2 && bit != 4 { result = result * self }
        }
        return result
    }

    /// Brings eight words down to four: 2^256 is 38 here.
    private static func folded(_ wide: [UInt64]) -> FieldElement {
        var low = Array(wide[..<4])
        var high = Array(wide[4...])
        while high.contains(where: { $0 != 0 }) {
            var (carry, product): (UInt64, [UInt64]) = (0, [])
            for word in high {
                let (upper, lower) = word.multipliedFullWidth(by: 38)
                let (sum, overflow) = lower.addingReportingOverflow(carry)
                product.append(sum)
                carry = upper &+ (overflow ? 1 : 0)
            }
            let (sum, sumCarry) = sum(low, product)
            low = sum
            high = [carry &+ sumCarry, 0, 0, 0]
        }
        return FieldElement(words: low)
    }

    private static func sum(
        _ left: [UInt64], _ right: [UInt64], carry: UInt64 = 0
    ) -> (words: [UInt64], carry: UInt64) {
        var carry = carry
        var words: [UInt64] = []
        for (one, other) in zip(left, right) {
            let (partial, first) = one.addingReportingOverflow(other)
            let (word, second) = partial.addingReportingOverflow(carry)
            words.append(word)
            carry = (first ? 1 : 0) + (second ? 1 : 0)
        }
        return (words, carry)
    }
}
