import SessionInterfaces

/// Whether an X25519 key is the Montgomery form of an Ed25519 key: u (1 − y) = 1 + y in the field of 2^255 − 19 elements.
///
/// One multiplication instead of a conversion, which takes a hundred times as long: lists have thousands of keys. That
/// the key is a point of the curve at all shows when it signs, and only its owner is harmed when it is not.
enum KeyTwins {
    static func areTwins(_ edwards: Ed25519PublicKey, _ montgomery: X25519PublicKey) -> Bool {
        let y = Element(edwards.bytes)
        let u = Element(montgomery.bytes)
        return !u.isZero && u * (.one - y) == .one + y
    }

    /// A number of five limbs of 51 bits, least significant first.
    private struct Element: Equatable {
        private var limbs: InlineArray<5, UInt64>

        private static let mask: UInt64 = 1 << 51 - 1

        static let one = Element(limbs: [1, 0, 0, 0, 0])

        private init(limbs: InlineArray<5, UInt64>) { self.limbs = limbs }

        /// Reads 32 bytes, least significant first, without their highest bit.
        init(_ bytes: Bytes32) {
            limbs = bytes.withUnsafeBytes { bytes in
                func word(_ offset: Int) -> UInt64 {
                    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                }
                return [
                    word(0) & Self.mask, word(6) >> 3 & Self.mask, word(12) >> 6 & Self.mask,
                    word(19) >> 1 & Self.mask, word(24) >> 12 & Self.mask,
                ]
            }
        }

        static func + (left: Self, right: Self) -> Self {
            var sum = left
            for i in 0..<5 { sum.limbs[i] &+= right.limbs[i] }
            return sum.carried
        }

        /// Twice the order is added first, so that no limb falls below zero.
        static func - (left: Self, right: Self) -> Self {
            var difference = left
            let right = right.carried
            for i in 0..<5 {
                difference.limbs[i] &+= (i == 0 ? 2 &* (mask &- 18) : 2 &* mask) &- right.limbs[i]
            }
            return difference.carried
        }

        static func * (left: Self, right: Self) -> Self {
            var product = Element(limbs: [0, 0, 0, 0, 0])
            var carry: UInt128 = 0
            for i in 0..<5 {
                var sum = carry
                for j in 0..<5 {
                    let k = (i + 5 - j) % 5
                    // What lies beyond 2^255 comes back nineteenfold.
                    let factor: UInt128 = j > i ? 19 : 1
                    sum &+= UInt128(left.limbs[j]) &* UInt128(right.limbs[k]) &* factor
                }
                product.limbs[i] = UInt64(truncatingIfNeeded: sum) & mask
                carry = sum >> 51
            }
            product.limbs[0] &+= UInt64(truncatingIfNeeded: carry &* 19) & mask
            product.limbs[1] &+= UInt64(truncatingIfNeeded: (carry &* 19) >> 51)
            return product.carried
        }

        /// Limbs of 51 bits again, or hardly more.
        private var carried: Self {
            var (result, carry) = (self, UInt64(0))
            for i in 0..<5 {
                let limb = result.limbs[i] &+ carry
                result.limbs[i] = limb & Self.mask
                carry = limb >> 51
            }
            result.limbs[0] &+= carry &* 19
            return result
        }

        /// The one form below the order.
        private var reduced: Self {
            var result = carried.carried
            // 2^255 − 19 or more: then adding 19 reaches 2^255.
            var carry: UInt64 = 19
            for i in 0..<5 { carry = (result.limbs[i] &+ carry) >> 51 }
            carry = carry &* 19
            for i in 0..<5 {
                let limb = result.limbs[i] &+ carry
                result.limbs[i] = limb & Self.mask
                carry = limb >> 51
            }
            return result
        }

        var isZero: Bool { self == Element(limbs: [0, 0, 0, 0, 0]) }

        static func == (left: Self, right: Self) -> Bool {
            let (left, right) = (left.reduced, right.reduced)
            return (0..<5).allSatisfy { left.limbs[$0] == right.limbs[$0] }
        }
    }
}
