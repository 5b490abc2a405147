import SessionInterfaces

/// The highest bit of a compressed point is the sign of its x coordinate.
extension Bytes32 {
    var hasSignBit: Bool { withUnsafeBytes { $0[31] & 0x80 != 0 } }

    /// The point, or its negative: the one of the two whose sign bit is clear.
    var withoutSignBit: Bytes32 { hasSignBit ? negated : self }

    /// The negative of the point.
    var negated: Bytes32 {
        Bytes32 { target in
            withUnsafeBytes { target.copyMemory(from: $0) }
            target[31] ^= 0x80
        }
    }
}
