/// The hash function SHAKE256 (FIPS 202), whose output is as long as its caller wants: for secrets that are drawn from
/// secrets. Neither libsodium nor swift-crypto offers it.
enum SHAKE256 {
    private static let suffix: UInt8 = 0x1f

    /// `count` bytes drawn from `parts`, one after the other.
    static func secret(count: Int, from parts: [SecretBytes]) -> SecretBytes {
        var sponge = KeccakSponge()
        for part in parts { part.withUnsafeBytes { sponge.absorb($0) } }
        return SecretBytes(count: count, in: .ephemeral) { sponge.squeeze(suffix: suffix, into: $0) }
    }
}
