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

/// X25519 public keys with which every key agreement gives zero.
let lowOrderPoints = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
]
