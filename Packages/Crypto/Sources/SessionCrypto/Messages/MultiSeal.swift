import SessionInterfaces

/// One message for many recipients, or one for each, which they find by trying. Follows protocol document 03, sections
/// 4.4 and 4.7.
public enum MultiSeal {
    public static let nonceByteCount = XChaCha20Poly1305.nonceByteCount
    /// Bytes that an entry is longer than its message.
    public static let overhead = XChaCha20Poly1305.overhead

    /// Encrypts each of `messages` for the recipient in the same place, or the only one for all.
    /// - Parameters:
    ///   - domain: names the purpose, 1 to 64 bytes.
    ///   - nonce: 24 bytes, never twice.
    /// - Returns: an entry for each recipient, in their order.
    /// - Throws: `CryptoError`: `.invalidArgument` for a wrong length or number, `.badPublicKey` for a recipient of low
    ///   order.
    public static func entries(
        _ messages: [[UInt8]], from sender: X25519KeyPair, to recipients: [X25519PublicKey], domain: String,
        nonce: [UInt8]
    ) throws(CryptoError) -> [[UInt8]] {
        guard messages.count == 1 || messages.count == recipients.count else {
            throw CryptoError(
                .invalidArgument, "there are \(messages.count) messages for \(recipients.count) recipients")
        }
        try CryptoError.require("nonce", nonce, count: nonceByteCount)
        var entries: [[UInt8]] = []
        for (position, recipient) in recipients.enumerated() {
            let key = try MultiSealKey.make(
                sender, with: recipient, sender: sender.publicKey, recipient: recipient, domain)
            let message = messages.count == 1 ? messages[0] : messages[position]
            entries.append(try XChaCha20Poly1305.seal(message, key: key, nonce: nonce))
        }
        return entries
    }

    /// Opens the first of `entries` that is for `recipient`; nil when none is.
    /// - Throws: `CryptoError`: `.invalidArgument` for a nonce or domain of wrong length, `.badPublicKey` when the
    ///   sender's key is of low order.
    public static func open(
        entries: [[UInt8]], with recipient: X25519KeyPair, from sender: X25519PublicKey, domain: String,
        nonce: [UInt8]
    ) throws(CryptoError) -> [UInt8]? {
        try CryptoError.require("nonce", nonce, count: nonceByteCount)
        let key = try MultiSealKey.make(
            recipient, with: sender, sender: sender, recipient: recipient.publicKey, domain)
        for entry in entries {
            if let message = try? XChaCha20Poly1305.open(entry, key: key, nonce: nonce) { return message }
        }
        return nil
    }
}

/// The key between a sender and one recipient.
private enum MultiSealKey {
    static func make(
        _ own: X25519KeyPair, with other: X25519PublicKey, sender: X25519PublicKey, recipient: X25519PublicKey,
        _ domain: String
    ) throws(CryptoError) -> SecretBytes {
        let domain = Array(domain.utf8)
        guard (1...BLAKE2b.maximumKeyByteCount).contains(domain.count) else {
            throw CryptoError(.invalidArgument, "the domain has \(domain.count) bytes instead of 1 to 64")
        }
        let shared = try own.sharedSecret(with: other)
        let input = SecretBytes.joining(shared, sender.bytes.bytes, recipient.bytes.bytes)
        return SecretBytes(count: XChaCha20Poly1305.keyByteCount, in: .ephemeral) { key in
            input.withUnsafeBytes { BLAKE2b.hash($0, into: key, key: domain) }
        }
    }
}
