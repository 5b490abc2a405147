/// The checksum by which backends without one of their own tell damaged entries: XXH64.
///
/// It finds accidents, not forgery; for that there is the sealed store.
public enum StoreChecksum {
    /// The checksum of an entry: that of its value, seeded with that of its key.
    public static func of(key: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) -> UInt64 {
        of(value, seed: of(key, seed: 0))
    }

    /// XXH64 of `bytes`.
    public static func of(_ bytes: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
        var (hash, offset) = bytes.count < 32 ? (seed &+ prime5, 0) : lanes(bytes, seed)
        hash &+= UInt64(bytes.count)
        while offset + 8 <= bytes.count {
            hash = (hash ^ round(0, word(bytes, offset))).rotated(27) &* prime1 &+ prime4
            offset += 8
        }
        if offset + 4 <= bytes.count {
            let half = UInt64(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
            hash = (hash ^ half &* prime1).rotated(23) &* prime2 &+ prime3
            offset += 4
        }
        while offset < bytes.count {
            hash = (hash ^ UInt64(bytes[offset]) &* prime5).rotated(11) &* prime1
            offset += 1
        }
        hash = (hash ^ hash >> 33) &* prime2
        hash = (hash ^ hash >> 29) &* prime3
        return hash ^ hash >> 32
    }

    /// Four lanes of eight bytes each, as far as they go: their hash, and where the rest begins.
    private static func lanes(_ bytes: UnsafeRawBufferPointer, _ seed: UInt64) -> (hash: UInt64, offset: Int) {
        var (one, two) = (seed &+ prime1 &+ prime2, seed &+ prime2)
        var (three, four) = (seed, seed &- prime1)
        var offset = 0
        while offset + 32 <= bytes.count {
            one = round(one, word(bytes, offset))
            two = round(two, word(bytes, offset + 8))
            three = round(three, word(bytes, offset + 16))
            four = round(four, word(bytes, offset + 24))
            offset += 32
        }
        var hash = one.rotated(1) &+ two.rotated(7) &+ three.rotated(12) &+ four.rotated(18)
        for lane in [one, two, three, four] { hash = (hash ^ round(0, lane)) &* prime1 &+ prime4 }
        return (hash, offset)
    }

    @inline(__always)
    private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
        (lane &+ word &* prime2).rotated(31) &* prime1
    }

    @inline(__always)
    private static func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    private static let prime1: UInt64 = 0x9e37_79b1_85eb_ca87
    private static let prime2: UInt64 = 0xc2b2_ae3d_27d4_eb4f
    private static let prime3: UInt64 = 0x1656_67b1_9e37_79f9
    private static let prime4: UInt64 = 0x85eb_ca77_c2b2_ae63
    private static let prime5: UInt64 = 0x27d4_eb2f_1656_67c5
}

extension UInt64 {
    @inline(__always)
    fileprivate func rotated(_ count: UInt64) -> UInt64 { self << count | self >> (64 - count) }
}
