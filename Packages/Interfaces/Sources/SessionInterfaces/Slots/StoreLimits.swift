/// Sizes every backend accepts.
public enum StoreLimits {
    /// Bytes of the longest key.
    public static let keySize = 4096
    /// Bytes of the largest value.
    public static let valueSize = 256 << 20
    /// Bytes of the longest table name (UTF-8).
    public static let tableNameSize = 64

    /// - Throws: `StoreError(.invalidKey)` unless the key has 1 to `keySize` bytes.
    public static func check(key: [UInt8]) throws(StoreError) {
        guard (1...keySize).contains(key.count) else {
            throw StoreError(.invalidKey, "a key has 1 to \(keySize) bytes, not \(key.count)")
        }
    }

    /// - Throws: `StoreError(.valueTooLarge)` when the value has more than `valueSize` bytes.
    public static func check(value: [UInt8]) throws(StoreError) {
        guard value.count <= valueSize else {
            throw StoreError(.valueTooLarge, "a value has at most \(valueSize) bytes, not \(value.count)")
        }
    }
}
