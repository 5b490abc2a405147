/// The hash function SHAKE256 (FIPS 202), whose output is as long as its caller wants: for secrets that are drawn from
/// secrets. Neither libsodium nor swift-crypto offers it.
enum SHAKE256 {
    /// Bytes that one permutation takes in, or gives out.
    private static let rate = 136

    /// `count` bytes drawn from `parts`, one after the other.
    static func secret(count: Int, from parts: [SecretBytes]) -> SecretBytes {
        var state = KeccakState()
        var position = 0
        for part in parts {
            part.withUnsafeBytes { bytes in
                for byte in bytes {
                    state.mix(byte, at: position)
                    position += 1
                    if position == rate {
                        state.permute()
                        position = 0
                    }
                }
            }
        }
        state.mix(0x1f, at: position)
        state.mix(0x80, at: rate - 1)
        return SecretBytes(count: count, in: .ephemeral) { output in
            for index in 0..<count {
                if index.isMultiple(of: rate) { state.permute() }
                output[index] = state.byte(at: index % rate)
            }
        }
    }
}
