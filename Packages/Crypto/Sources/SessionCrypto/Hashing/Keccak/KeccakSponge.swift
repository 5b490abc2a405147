import CSodium

/// What Keccak's hash functions with a capacity of 512 bits have in common (FIPS 202, section 4): they take bytes in, and
/// then give out as many as are wanted.
struct KeccakSponge {
    /// Bytes that one permutation takes in, or gives out.
    private static let rate = 136

    private var state = KeccakState()
    private var position = 0

    mutating func absorb(_ bytes: UnsafeRawBufferPointer) {
        for byte in bytes {
            state.mix(byte, at: position)
            position += 1
            if position == Self.rate {
                state.permute()
                position = 0
            }
        }
    }

    /// Ends the input, fills `output`, and overwrites the state.
    /// - Parameter suffix: tells the functions apart: the bits that follow the message, and the first of the padding.
    mutating func squeeze(suffix: UInt8, into output: UnsafeMutableRawBufferPointer) {
        state.mix(suffix, at: position)
        state.mix(0x80, at: Self.rate - 1)
        for index in output.indices {
            if index.isMultiple(of: Self.rate) { state.permute() }
            output[index] = state.byte(at: index % Self.rate)
        }
        withUnsafeMutableBytes(of: &state) { sodium_memzero($0.baseAddress, $0.count) }
    }
}
