/// The state of Keccak-f[1600], and its permutation (FIPS 202, section 3). Takes the same time for all contents.
struct KeccakState {
    /// Five by five lanes of 64 bits, row by row.
    private var lanes = InlineArray<25, UInt64>(repeating: 0)

    /// Adds `byte` to the byte at `position`, of 0 to 199.
    mutating func mix(_ byte: UInt8, at position: Int) {
        lanes[position / 8] ^= UInt64(byte) << (8 * UInt64(position % 8))
    }

    func byte(at position: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: lanes[position / 8] >> (8 * UInt64(position % 8)))
    }

    mutating func permute() {
        for constant in Self.roundConstants {
            mixColumns()
            moveLanes()
            mixRows()
            lanes[0] ^= constant
        }
    }

    /// The step θ.
    private mutating func mixColumns() {
        var parities = InlineArray<5, UInt64>(repeating: 0)
        for x in 0..<5 { parities[x] = lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20] }
        for x in 0..<5 {
            let change = parities[(x + 4) % 5] ^ Self.rotated(parities[(x + 1) % 5], by: 1)
            for row in 0..<5 { lanes[x + 5 * row] ^= change }
        }
    }

    /// The steps ρ and π.
    private mutating func moveLanes() {
        var (x, y) = (1, 0)
        var moved = lanes[1]
        for step in 0..<24 {
            (x, y) = (y, (2 * x + 3 * y) % 5)
            let target = x + 5 * y
            let rotation = UInt64((step + 1) * (step + 2) / 2 % 64)
            (moved, lanes[target]) = (lanes[target], Self.rotated(moved, by: rotation))
        }
    }

    /// The step χ.
    private mutating func mixRows() {
        for row in 0..<5 {
            let start = 5 * row
            var old = InlineArray<5, UInt64>(repeating: 0)
            for x in 0..<5 { old[x] = lanes[start + x] }
            for x in 0..<5 { lanes[start + x] = old[x] ^ (~old[(x + 1) % 5] & old[(x + 2) % 5]) }
        }
    }

    private static func rotated(_ lane: UInt64, by count: UInt64) -> UInt64 {
        count == 0 ? lane : lane << count | lane >> (64 - count)
    }

    private static let roundConstants: [UInt64] = [
        0x0000_0000_0000_0001, 0x0000_0000_0000_8082, 0x8000_0000_0000_808a, 0x8000_0000_8000_8000,
        0x0000_0000_0000_808b, 0x0000_0000_8000_0001, 0x8000_0000_8000_8081, 0x8000_0000_0000_8009,
        0x0000_0000_0000_008a, 0x0000_0000_0000_0088, 0x0000_0000_8000_8009, 0x0000_0000_8000_000a,
        0x0000_0000_8000_808b, 0x8000_0000_0000_008b, 0x8000_0000_0000_8089, 0x8000_0000_0000_8003,
        0x8000_0000_0000_8002, 0x8000_0000_0000_0080, 0x0000_0000_0000_800a, 0x8000_0000_8000_000a,
        0x8000_0000_8000_8081, 0x8000_0000_0000_8080, 0x0000_0000_8000_0001, 0x8000_0000_8000_8008,
    ]
}
