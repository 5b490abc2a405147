import SessionCrypto
import SessionInterfaces

extension Ed25519KeyPair {
    /// The key of a seed of 32 equal bytes.
    static func repeating(_ byte: UInt8) -> Ed25519KeyPair {
        .generate(from: FixedBytes([UInt8](repeating: byte, count: 32)))
    }

    /// - Parameter seed: 64 hexadecimal digits.
    static func fixed(seed: String) -> Ed25519KeyPair {
        .generate(from: FixedBytes(Hex.decode(seed) ?? []))
    }
}

/// Hands out the same bytes every time.
private struct FixedBytes: RandomSource {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        precondition(buffer.count == bytes.count, "another number of bytes is asked for")
        buffer.copyBytes(from: bytes)
    }
}
