/// The hash function Keccak-256 with the padding of the original proposal, so that it is not SHA3-256. Oxen's addresses
/// and signatures use it.
public enum Keccak256 {
    /// Bytes of a hash.
    public static let byteCount = 32
    private static let suffix: UInt8 = 0x01

    /// The hash of `message`, 32 bytes.
    public static func hash(_ message: [UInt8]) -> [UInt8] {
        var sponge = KeccakSponge()
        message.withUnsafeBytes { sponge.absorb($0) }
        return [UInt8](unsafeUninitializedCapacity: byteCount) { digest, initialized in
            sponge.squeeze(suffix: suffix, into: UnsafeMutableRawBufferPointer(digest))
            initialized = byteCount
        }
    }
}
