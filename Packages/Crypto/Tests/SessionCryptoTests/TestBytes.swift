import SessionCrypto
import SessionInterfaces

/// The bytes of hexadecimal text that is part of a test.
func bytes(_ hex: String) -> [UInt8] { Hex.decode(hex)! }

func secret(_ hex: String) -> SecretBytes { SecretBytes(bytes(hex)) }

extension SecretBytes {
    /// A copy that a test may compare and print.
    var revealed: [UInt8] { withUnsafeBytes { [UInt8]($0) } }
}

/// Every copy of `bytes` in which one bit is different.
func flips(of bytes: [UInt8]) -> some Sequence<[UInt8]> {
    (0..<bytes.count * 8).lazy.map { bit in
        var flipped = bytes
        flipped[bit / 8] ^= 1 << (bit % 8)
        return flipped
    }
}
