import SessionInterfaces

/// The secrets of a key that has no seed, side by side in one memory: guarding memory takes longer than using it.
struct ScalarSecrets: Sendable {
    private let bytes: SecretBytes

    /// - Parameters:
    ///   - nonceSecret: what makes the nonces of signatures unpredictable.
    ///   - memory: where copies of both are to lie.
    init(_ scalar: Scalar, nonceSecret: SecretBytes, in memory: SecretBytes.Memory) {
        bytes = SecretBytes(count: Scalar.byteCount + nonceSecret.count, in: memory) { bytes in
            scalar.bytes.withUnsafeBytes { bytes.copyMemory(from: $0) }
            nonceSecret.withUnsafeBytes { bytes.from(Scalar.byteCount).copyMemory(from: $0) }
        }
    }

    /// A copy of the scalar.
    var scalar: Scalar { bytes.withUnsafeBytes { Scalar(copying: $0[..<Scalar.byteCount]) } }

    /// The beginning of a nonce's hash: the secret, then `parts`.
    func nonceInput(_ parts: [UInt8]...) -> SecretBytes {
        .joining(bytes.part(Scalar.byteCount..<bytes.count), parts)
    }
}
