import SessionInterfaces

/// The bounds of a range while a scan looks at them, for every entry without a detour.
struct KeyBounds {
    fileprivate let lower: UnsafeRawBufferPointer?
    fileprivate let upper: UnsafeRawBufferPointer?

    func isBelow(_ key: UnsafeRawBufferPointer) -> Bool {
        guard let lower else { return false }
        return key.precedes(lower)
    }

    func isAbove(_ key: UnsafeRawBufferPointer) -> Bool {
        guard let upper else { return false }
        return !key.precedes(upper)
    }
}

extension KeyRange {
    /// Lends the bounds to `body`.
    func withBounds<R>(_ body: (KeyBounds) throws -> R) rethrows -> R {
        try (lower ?? []).withUnsafeBytes { low in
            try (upper ?? []).withUnsafeBytes { high in
                try body(KeyBounds(lower: lower == nil ? nil : low, upper: upper == nil ? nil : high))
            }
        }
    }
}

extension TableNumber {
    /// Whether a stored key is that of an entry of the table.
    func owns(_ stored: UnsafeRawBufferPointer) -> Bool {
        stored.count >= StoredKey.prefixSize && stored[0] == UInt8(truncatingIfNeeded: value >> 8)
            && stored[1] == UInt8(truncatingIfNeeded: value)
    }
}
