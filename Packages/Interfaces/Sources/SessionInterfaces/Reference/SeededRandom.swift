import Synchronization

/// Randomness that repeats for the same seed (SplitMix64). For tests only: it is predictable.
public final class SeededRandom: RandomSource {
    private let state: Mutex<UInt64>

    public init(seed: UInt64) { state = Mutex(seed) }

    public func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        state.withLock { state in
            for position in buffer.indices {
                buffer[position] = UInt8(truncatingIfNeeded: Self.next(&state))
            }
        }
    }

    private static func next(_ state: inout UInt64) -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
        return z ^ z >> 31
    }
}
