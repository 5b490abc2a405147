import SessionInterfaces

/// A point of Ed25519's curve, of the main subgroup or not. libsodium offers its arithmetic for the main subgroup only,
/// and addresses need not keep to it. Follows protocol document 05, section 4.3.
struct EdwardsPoint {
    private var x: CurveField
    private var y: CurveField
    private var z: CurveField
    /// The product of the affine coordinates, times z.
    private var t: CurveField

    private static let d = (.zero - CurveField(121_665)) * CurveField(121_666).inverse
    private static let twiceD = d + d

    static let identity = EdwardsPoint(x: .zero, y: .one, z: .one, t: .zero)

    /// The point that everything is counted from: its y is 4/5, its x even.
    static let base: EdwardsPoint = {
        let y = CurveField(4) * CurveField(5).inverse
        return EdwardsPoint(y: y, isOdd: false) ?? identity
    }()

    private init(x: CurveField, y: CurveField, z: CurveField, t: CurveField) {
        (self.x, self.y, self.z, self.t) = (x, y, z, t)
    }

    /// Reads a compressed point; nil when it is on no curve, or not in its one form.
    init?(_ bytes: Bytes32) {
        let y = CurveField(bytes)
        var unsigned = bytes.bytes
        let isOdd = unsigned[31] & 0x80 != 0
        unsigned[31] &= 0x7f
        guard y.bytes.bytes == unsigned else { return nil }
        self.init(y: y, isOdd: isOdd)
    }

    private init?(y: CurveField, isOdd: Bool) {
        let square = y * y
        let (numerator, denominator) = (square - .one, Self.d * square + .one)
        let cube = denominator * denominator * denominator
        // The candidate for the root of the quotient, by one exponentiation: the power of (order − 5) / 8.
        let power = (numerator * cube * cube * denominator).power(ones: 252, exceptBit: 1)
        var x = numerator * cube * power
        let check = denominator * x * x
        if !(check - numerator).isZero {
            guard (check + numerator).isZero else { return nil }
            x = x * CurveField.minusOneRoot
        }
        if x.isZero {
            guard !isOdd else { return nil }
        } else if (x.bytes.bytes[0] & 1 == 1) != isOdd {
            x = .zero - x
        }
        self.init(x: x, y: y, z: .one, t: x * y)
    }

    /// The compressed form, 32 bytes.
    var bytes: Bytes32 {
        let inverse = z.inverse
        let sign = (x * inverse).bytes.bytes[0] & 1
        var bytes = (y * inverse).bytes.bytes
        bytes[31] |= sign << 7
        return Bytes32(bytes) ?? Bytes32()
    }

    var isIdentity: Bool { x.isZero && (y - z).isZero }

    /// Right for any two points, equal ones included.
    static func + (left: Self, right: Self) -> Self {
        let a = (left.y - left.x) * (right.y - right.x)
        let b = (left.y + left.x) * (right.y + right.x)
        let c = left.t * twiceD * right.t
        let product = left.z * right.z
        let d = product + product
        let (e, f, g, h) = (b - a, d - c, d + c, b + a)
        return EdwardsPoint(x: e * f, y: g * h, z: f * g, t: e * h)
    }

    /// This point as often as `scalar` says, by as many additions whatever it says.
    func multiplied(by scalar: CurveScalar) -> EdwardsPoint {
        var result = EdwardsPoint.identity
        for bit in (0..<256).reversed() {
            result = result + result
            let sum = result + self
            result = EdwardsPoint.choose(result, sum, scalar.bit(bit))
        }
        return result
    }

    private static func choose(_ left: Self, _ right: Self, _ condition: UInt64) -> Self {
        EdwardsPoint(
            x: .choose(left.x, right.x, condition), y: .choose(left.y, right.y, condition),
            z: .choose(left.z, right.z, condition), t: .choose(left.t, right.t, condition))
    }
}
