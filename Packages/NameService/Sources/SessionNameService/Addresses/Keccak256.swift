/// Keccak-256 with the padding of the original proposal, which is not that of SHA3-256. Oxen's checksums and signatures
/// use it.
enum Keccak256 {
    static let byteCount = 32
    /// Bytes that are absorbed at a time.
    private static let rate = 136

    /// The 32-byte hash of `message`.
    static func hash(_ message: [UInt8]) -> [UInt8] {
        var padded = message
        padded.append(0x01)
        padded.append(contentsOf: repeatElement(0, count: (rate - padded.count % rate) % rate))
        padded[padded.count - 1] |= 0x80
        var state = [UInt64](repeating: 0, count: 25)
        for start in stride(from: 0, to: padded.count, by: rate) {
            for lane in 0..<rate / 8 { state[lane] ^= word(padded, at: start + lane * 8) }
            permute(&state)
        }
        return state.prefix(byteCount / 8).flatMap { lane in withUnsafeBytes(of: lane.littleEndian, [UInt8].init) }
    }

    /// Eight bytes, least significant first.
    private static func word(_ bytes: [UInt8], at start: Int) -> UInt64 {
        var word: UInt64 = 0
        for byte in bytes[start..<start + 8].reversed() { word = word << 8 | UInt64(byte) }
        return word
    }

    private static func permute(_ lanes: inout [UInt64]) {
        for constant in roundConstants {
            // Theta.
            var columns = [UInt64](repeating: 0, count: 5)
            for (position, lane) in lanes.enumerated() { columns[position % 5] ^= lane }
            for x in 0..<5 {
                let mask = columns[(x + 4) % 5] ^ rotated(columns[(x + 1) % 5], by: 1)
                for y in 0..<5 { lanes[x + 5 * y] ^= mask }
            }
            // Rho and pi.
            var moved = lanes
            for x in 0..<5 {
                for y in 0..<5 {
                    let (source, target) = (x + 5 * y, y + 5 * ((2 * x + 3 * y) % 5))
                    moved[target] = rotated(lanes[source], by: rotations[source])
                }
            }
            // Chi.
            for y in stride(from: 0, to: 25, by: 5) {
                for x in 0..<5 {
                    let (next, second) = (moved[(x + 1) % 5 + y], moved[(x + 2) % 5 + y])
                    lanes[x + y] = moved[x + y] ^ (~next & second)
                }
            }
            // Iota.
            lanes[0] ^= constant
        }
    }

    private static func rotated(_ lane: UInt64, by count: UInt64) -> UInt64 { lane << count | lane >> (64 - count) }

    private static let rotations: [UInt64] = [
        0, 1, 62, 28, 27, 36, 44, 6, 55, 20, 3, 10, 43, 25, 39, 41, 45, 15, 21, 8, 18, 2, 61, 56, 14,
    ]

    private static let roundConstants: [UInt64] = [
        0x0000_0000_0000_0001, 0x0000_0000_0000_8082, 0x8000_0000_0000_808a, 0x8000_0000_8000_8000,
        0x0000_0000_0000_808b, 0x0000_0000_8000_0001, 0x8000_0000_8000_8081, 0x8000_0000_0000_8009,
        0x0000_0000_0000_008a, 0x0000_0000_0000_0088, 0x0000_0000_8000_8009, 0x0000_0000_8000_000a,
        0x0000_0000_8000_808b, 0x8000_0000_0000_008b, 0x8000_0000_0000_8089, 0x8000_0000_0000_8003,
        0x8000_0000_0000_8002, 0x8000_0000_0000_0080, 0x0000_0000_0000_800a, 0x8000_0000_8000_000a,
        0x8000_0000_8000_8081, 0x8000_0000_0000_8080, 0x0000_0000_8000_0001, 0x8000_0000_8000_8008,
    ]
}
