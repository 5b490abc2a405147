import Glibc
import SessionInterfaces

/// What the checks put into stores.
enum Samples {
    static let table: StoreTable = "conformance"
    static let other: StoreTable = "conformance.other"

    /// Keys in byte order: every length that might be special, and those that begin with one another.
    static let orderedKeys: [[UInt8]] = {
        let long = [UInt8](repeating: 0x61, count: StoreLimits.keySize)
        var keys: [[UInt8]] = [
            [0], [0, 0], [0, 0xff], [0, 0xff, 0], [1], [0x60, 0xff, 0xff], [0x7f], [0x80], [0xfe, 0xff], [0xff],
            [0xff, 0],
            [0xff, 0xff], [0xff, 0xff, 0xff],
            [UInt8](repeating: 0, count: StoreLimits.keySize), [UInt8](repeating: 0xff, count: StoreLimits.keySize),
        ]
        for length in [1, 2, 8, 127, 128, 255, 256, 505, 1023, 2048, 4095, 4096] + Array(506...516) {
            keys.append(Array(long.prefix(length)))
            keys.append(Array(long.prefix(length - 1)) + [0])
            keys.append(Array(long.prefix(length - 1)) + [0xff])
        }
        for tail in 0..<8 as Range<UInt8> { keys.append(Array(long.prefix(600)) + [tail, 7 - tail]) }
        return Array(Set(keys)).sorted { $0.lexicographicallyPrecedes($1) }
    }()

    /// The same keys in no order.
    static let shuffledKeys: [[UInt8]] = {
        var generator = SeededRandom(seed: 1).generator
        return orderedKeys.shuffled(using: &generator)
    }()

    /// Bounds of ranges: keys, what lies just around them, and what can be no key.
    static let bounds: [[UInt8]?] =
        [nil, []] + stride(from: 1, to: orderedKeys.count, by: 9).map { orderedKeys[$0] }
        + [[0x61, 0x30], [UInt8](repeating: 0x61, count: 5000), [UInt8](repeating: 0xff, count: 5000)]

    /// So many bytes, of which every 4096 are the same.
    static func largeValue(_ size: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            for start in stride(from: 0, to: size, by: 4096) {
                memset(&buffer[start], Int32(truncatingIfNeeded: start >> 12), min(4096, size - start))
            }
            count = size
        }
    }

    /// Byte by byte, and fast in a debug build too.
    static func isSame(_ left: RawSpan, _ right: [UInt8]) -> Bool {
        left.withUnsafeBytes { left in
            right.withUnsafeBytes { right in
                guard left.count == right.count else { return false }
                guard let one = left.baseAddress, let other = right.baseAddress else { return true }
                return memcmp(one, other, left.count) == 0
            }
        }
    }

    static func value(_ number: Int) -> [UInt8] { Array("value \(number)".utf8) }

    static func key(_ number: Int) -> [UInt8] {
        withUnsafeBytes(of: UInt64(number).bigEndian) { [UInt8]($0) }
    }
}

/// Puts keys with numbered values into the sample table.
func fill(_ store: any Store, _ keys: [[UInt8]]) async throws {
    try await store.write(durability: .relaxed) { transaction in
        for (number, key) in keys.enumerated() {
            try transaction.put(Samples.value(number), for: key, in: Samples.table)
        }
    }
}
