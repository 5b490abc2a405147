import CSodium

/// Comparing without telling by the time it takes where two values differ.
public enum ConstantTime {
    /// Whether both hold the same bytes. The counts are no secret.
    public static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && sodium_memcmp(left, right, left.count) == 0
    }
}
