import CSodium
import SessionInterfaces

/// What two devices show when one asks the other to be let in, so that their owner can compare.
///
/// Follows protocol document 01, section 3.9: a form that is not settled.
public enum ShortAuthenticationString {
    /// Pictures of the whole string; of the short one, which is shown, seven.
    public static let length = 21
    public static let shortLength = 7

    private static let passes: UInt64 = 2
    private static let memoryByteCount = 16 << 20

    /// For each picture its number, 0 to 63, in the usual table of 64.
    ///
    /// Takes 16 MiB of memory and some hundredths of a second of one core, on purpose of the format.
    /// - Parameter request: The plaintext of the request to be let in.
    /// - Throws: `CryptoError(.noMemory)`
    public static func numbers(for request: [UInt8]) throws(CryptoError) -> [UInt8] {
        Sodium.prepare()
        let salt = BLAKE2b.hash(request, size: 16, personal: Array("SessionLinkEmoji".utf8))
        var seed = [UInt8](repeating: 0, count: 16)
        let password = request.map(CChar.init(bitPattern:))
        let status = crypto_pwhash(
            &seed, UInt64(seed.count), password, UInt64(password.count), salt, passes, memoryByteCount,
            crypto_pwhash_ALG_ARGON2ID13)
        guard status == 0 else { throw CryptoError(.noMemory, "there is no memory left to make the pictures") }
        var rest = seed.reversed().reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        return (0..<length).map { _ in
            defer { rest >>= 6 }
            return UInt8(rest & 63)
        }
    }
}
