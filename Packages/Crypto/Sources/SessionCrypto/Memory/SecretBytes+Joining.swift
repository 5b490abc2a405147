extension SecretBytes {
    /// A secret with what follows it in a hash's input, in memory as of an ephemeral key.
    static func joining(_ secret: SecretBytes, _ parts: [UInt8]...) -> SecretBytes { joining(secret, parts) }

    static func joining(_ secret: SecretBytes, _ parts: [[UInt8]]) -> SecretBytes {
        let count = parts.reduce(secret.count) { $0 + $1.count }
        return SecretBytes(count: count, in: .ephemeral) { target in
            secret.withUnsafeBytes { target.copyMemory(from: $0) }
            var end = secret.count
            for part in parts {
                target.from(end).copyBytes(from: part)
                end += part.count
            }
        }
    }

    /// A copy of some of the bytes, in memory as of an ephemeral key.
    func part(_ range: Range<Int>) -> SecretBytes {
        withUnsafeBytes { bytes in
            SecretBytes(count: range.count, in: .ephemeral) { $0.copyMemory(from: .init(rebasing: bytes[range])) }
        }
    }
}
