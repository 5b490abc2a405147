import SessionInterfaces

/// An element of the field of 2^255 − 19 elements, for what libsodium does not offer: converting public keys.
///
/// Five limbs of 51 bits, least significant first. Between operations a limb may have a few bits more.
struct FieldElement: Equatable {
    private var a, b, c, d, e: UInt64

    static let zero = FieldElement(0)
    static let one = FieldElement(1)

    private static let mask: UInt64 = 1 << 51 - 1

    private init(_ a: UInt64, _ b: UInt64 = 0, _ c: UInt64 = 0, _ d: UInt64 = 0, _ e: UInt64 = 0) {
        (self.a, self.b, self.c, self.d, self.e) = (a, b, c, d, e)
    }

    /// Reads 32 bytes, least significant first, without their highest bit.
    init(_ bytes: Bytes32) {
        let (w0, w1, w2, w3) = bytes.withUnsafeBytes { bytes in
            func word(_ position: Int) -> UInt64 {
                UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position * 8, as: UInt64.self))
            }
            return (word(0), word(1), word(2), word(3))
        }
        self.init(
            w0 & Self.mask, (w0 >> 51 | w1 << 13) & Self.mask, (w1 >> 38 | w2 << 26) & Self.mask,
            (w2 >> 25 | w3 << 39) & Self.mask, w3 >> 12 & Self.mask)
    }

    /// The one form below the order: 32 bytes, least significant first, the highest bit clear.
    var bytes: Bytes32 {
        let carried = carried.carried
        // One more than the order's multiple that is taken away, times 19, carries out of the highest limb.
        var quotient = (carried.a &+ 19) >> 51
        quotient = (carried.b &+ quotient) >> 51
        quotient = (carried.c &+ quotient) >> 51
        quotient = (carried.d &+ quotient) >> 51
        quotient = (carried.e &+ quotient) >> 51
        var limb = carried.a &+ 19 &* quotient
        let l0 = limb & Self.mask
        limb = carried.b &+ limb >> 51
        let l1 = limb & Self.mask
        limb = carried.c &+ limb >> 51
        let l2 = limb & Self.mask
        limb = carried.d &+ limb >> 51
        let l3 = limb & Self.mask
        let l4 = (carried.e &+ limb >> 51) & Self.mask
        return Bytes32 { target in
            target.storeBytes(of: (l0 | l1 << 51).littleEndian, toByteOffset: 0, as: UInt64.self)
            target.storeBytes(of: (l1 >> 13 | l2 << 38).littleEndian, toByteOffset: 8, as: UInt64.self)
            target.storeBytes(of: (l2 >> 26 | l3 << 25).littleEndian, toByteOffset: 16, as: UInt64.self)
            target.storeBytes(of: (l3 >> 39 | l4 << 12).littleEndian, toByteOffset: 24, as: UInt64.self)
        }
    }

    static func == (left: Self, right: Self) -> Bool { left.bytes == right.bytes }

    static func + (left: Self, right: Self) -> Self {
        Self(left.a &+ right.a, left.b &+ right.b, left.c &+ right.c, left.d &+ right.d, left.e &+ right.e).carried
    }

    static func - (left: Self, right: Self) -> Self {
        // Four times the order, so that no limb falls below zero.
        let (lowest, other): (UInt64, UInt64) = ((1 << 53) - 76, (1 << 53) - 4)
        return Self(
            left.a &+ lowest &- right.a, left.b &+ other &- right.b, left.c &+ other &- right.c,
            left.d &+ other &- right.d, left.e &+ other &- right.e
        ).carried
    }

    /// The same element with limbs of hardly more than 51 bits.
    private var carried: Self {
        Self(
            a & Self.mask &+ 19 &* (e >> 51), b & Self.mask &+ a >> 51, c & Self.mask &+ b >> 51,
            d & Self.mask &+ c >> 51, e & Self.mask &+ d >> 51)
    }
}

// MARK: - Products

extension FieldElement {
    static func * (left: Self, right: Self) -> Self {
        // What would stand above 2^255 stands 19-fold below.
        let (b19, c19, d19, e19) = (right.b &* 19, right.c &* 19, right.d &* 19, right.e &* 19)
        let r0 =
            wide(left.a, right.a) &+ wide(left.b, e19) &+ wide(left.c, d19) &+ wide(left.d, c19)
            &+ wide(left.e, b19)
        let r1 =
            wide(left.a, right.b) &+ wide(left.b, right.a) &+ wide(left.c, e19) &+ wide(left.d, d19)
            &+ wide(left.e, c19)
        let r2 =
            wide(left.a, right.c) &+ wide(left.b, right.b) &+ wide(left.c, right.a) &+ wide(left.d, e19)
            &+ wide(left.e, d19)
        let r3 =
            wide(left.a, right.d) &+ wide(left.b, right.c) &+ wide(left.c, right.b) &+ wide(left.d, right.a)
            &+ wide(left.e, e19)
        let r4 =
            wide(left.a, right.e) &+ wide(left.b, right.d) &+ wide(left.c, right.c) &+ wide(left.d, right.b)
            &+ wide(left.e, right.a)
        return reduced(r0, r1, r2, r3, r4)
    }

    private var squared: Self {
        let (a2, b2, d19, e19) = (a &* 2, b &* 2, d &* 19, e &* 19)
        let r0 = Self.wide(a, a) &+ Self.wide(b2, e19) &+ Self.wide(c &* 2, d19)
        let r1 = Self.wide(a2, b) &+ Self.wide(c &* 2, e19) &+ Self.wide(d, d19)
        let r2 = Self.wide(a2, c) &+ Self.wide(b, b) &+ Self.wide(d &* 2, e19)
        let r3 = Self.wide(a2, d) &+ Self.wide(b2, c) &+ Self.wide(e, e19)
        let r4 = Self.wide(a2, e) &+ Self.wide(b2, d) &+ Self.wide(c, c)
        return Self.reduced(r0, r1, r2, r3, r4)
    }

    private func squared(times: Int) -> Self {
        var result = self
        for _ in 0..<times { result = result.squared }
        return result
    }

    /// The multiplicative inverse; zero of zero. By Fermat: the power of the order less two, 2^255 − 21.
    var inverse: FieldElement {
        let power2 = squared
        let power9 = power2.squared(times: 2) * self
        let power11 = power9 * power2
        // Powers whose exponents are so many ones in binary.
        let ones5 = power11.squared * power9
        let ones10 = ones5.squared(times: 5) * ones5
        let ones20 = ones10.squared(times: 10) * ones10
        let ones40 = ones20.squared(times: 20) * ones20
        let ones50 = ones40.squared(times: 10) * ones10
        let ones100 = ones50.squared(times: 50) * ones50
        let ones200 = ones100.squared(times: 100) * ones100
        let ones250 = ones200.squared(times: 50) * ones50
        return ones250.squared(times: 5) * power11
    }

    @inline(__always)
    private static func wide(_ left: UInt64, _ right: UInt64) -> UInt128 {
        let (high, low) = left.multipliedFullWidth(by: right)
        return UInt128(_low: low, _high: high)
    }

    /// Carries sums of products of limbs below 2^54 up.
    @inline(__always)
    private static func reduced(_ r0: UInt128, _ r1: UInt128, _ r2: UInt128, _ r3: UInt128, _ r4: UInt128) -> Self {
        let s1 = r1 &+ r0 >> 51
        let s2 = r2 &+ s1 >> 51
        let s3 = r3 &+ s2 >> 51
        let s4 = r4 &+ s3 >> 51
        let lowest = low(r0) &+ 19 &* UInt64(truncatingIfNeeded: s4 >> 51)
        return Self(lowest & mask, low(s1) &+ lowest >> 51, low(s2), low(s3), low(s4))
    }

    @inline(__always)
    private static func low(_ sum: UInt128) -> UInt64 { UInt64(truncatingIfNeeded: sum) & mask }
}
