import SessionInterfaces

/// What two devices show when one asks the other to be let in, so that their owner can compare.
///
/// Follows protocol document 01, section 3.9: a form that is not settled.
public enum ShortAuthenticationString {
    /// Pictures of the whole string; of the short one, which is shown, seven.
    public static let length = 21
    public static let shortLength = 7

    private static let cost = Argon2id.Cost(passes: 2, memory: 16 << 20)

    /// For each picture its number, 0 to 63, in the usual table of 64.
    ///
    /// Takes 16 MiB of memory and some hundredths of a second of one core, on purpose of the format.
    /// - Parameter request: The plaintext of the request to be let in.
    /// - Throws: `CryptoError(.noMemory)`
    public static func numbers(for request: [UInt8]) throws(CryptoError) -> [UInt8] {
        let salt = BLAKE2b.hash(request, size: Argon2id.saltByteCount, personal: Array("SessionLinkEmoji".utf8))
        let seed = try Argon2id.key(
            from: SecretText(utf8: SecretBytes(request)), salt: salt, cost: cost, count: 128 / 8)
        var rest = seed.withUnsafeBytes { $0.reversed().reduce(UInt128(0)) { $0 << 8 | UInt128($1) } }
        return (0..<length).map { _ in
            defer { rest >>= 6 }
            return UInt8(rest & 63)
        }
    }
}
