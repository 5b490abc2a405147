import SessionCrypto
import SessionInterfaces

/// The encryption of what is sent to a closed group: compressed when that helps, signed by the sender for this group,
/// padded, and encrypted under the group's key.
///
/// Follows protocol document 01, section 3.5, and document 03, section 4.9.
public enum GroupMessageSeal {
    /// Stored messages are a multiple of this many bytes.
    public static let blockByteCount = 256

    private static let version: Int64 = 1
    private static let overhead = XChaCha20Poly1305.nonceByteCount + XChaCha20Poly1305.overhead

    /// - Parameters:
    ///   - plaintext: 1 to `MessageLimits.groupPlaintextByteCount` bytes.
    ///   - sender: The account's own keys, not the group's.
    ///   - key: The group's encryption key, 32 bytes.
    ///   - compresses: Whether to compress when that makes the message shorter.
    ///   - blockByteCount: The result is a multiple of this; 0 or 1 for no padding.
    /// - Returns: nonce (24 bytes), ciphertext, tag (16 bytes).
    /// - Throws: `MessagesError` with `messageTooLarge`, `invalidPayload` for an empty plaintext, or
    ///   `invalidRecipient` when `group` is no group or `key` has not 32 bytes.
    public static func seal(
        _ plaintext: [UInt8], from sender: Ed25519KeyPair, to group: AccountID, key: SecretBytes,
        random: some RandomSource, compresses: Bool = true, blockByteCount: Int = Self.blockByteCount
    ) throws(MessagesError) -> [UInt8] {
        guard !plaintext.isEmpty else { throw .invalid("the group message is empty") }
        guard plaintext.count <= MessageLimits.groupPlaintextByteCount else {
            throw MessagesError(.messageTooLarge, "the group message has \(plaintext.count) bytes")
        }
        try requireGroup(group)
        let compressed = compresses ? Zstandard.compressed(plaintext) : nil
        let data = compressed ?? plaintext
        var inner = Bencoded.dictionary([
            .init("", .integer(version)),
            .init("a", .bytes(sender.publicKey.bytes.bytes)),
            .init(compressed == nil ? "d" : "z", .bytes(data)),
            .init("s", .bytes(sender.sign(data + group.key.bytes))),
        ]).encoded
        if blockByteCount > 1 {
            let rest = (inner.count + overhead) % blockByteCount
            inner += repeatElement(0, count: rest == 0 ? 0 : blockByteCount - rest)
        }
        do {
            return try XChaCha20Poly1305.sealWithNonce(inner, key: key, random: random)
        } catch {
            throw MessagesError(.invalidRecipient, "the group's key cannot be used", underlying: error)
        }
    }

    /// What `open` found.
    public struct Opened: Hashable, Sendable {
        /// Who wrote it, proven by their signature. Whether they belong to the group is for the caller to say.
        public let sender: AccountID
        /// The key that signed it.
        public let senderKey: Ed25519PublicKey
        public let plaintext: [UInt8]
    }

    /// Opens a stored message with the first of `keys` that fits.
    ///
    /// - Parameters:
    ///   - sealed: Any bytes: they may come from anyone.
    ///   - keys: All encryption keys of the group that are known.
    /// - Throws: `MessagesError` with `tooShort`; `decryptionFailed` when no key fits: keep the message, the next key may;
    ///   `malformedWrapper`, `unknownVersion`, `badSenderKey`, `badSignature` or `messageTooLarge`.
    public static func open(
        _ sealed: [UInt8], in group: AccountID, keys: some Sequence<SecretBytes>
    ) throws(MessagesError) -> Opened {
        try requireGroup(group)
        let inner = try decrypt(sealed, keys: keys)
        guard let end = inner.lastIndex(where: { $0 != 0 }),
            let parts = Bencoded(Array(inner[...end]), tolerating: .deployed)
        else { throw .malformedGroupMessage }
        guard let version = parts[""]?.integer else { throw .malformedGroupMessage }
        guard version == Self.version else {
            throw MessagesError(.unknownVersion, "the group message is in a newer format")
        }
        return try verified(parts, group: group)
    }

    private static func decrypt(
        _ sealed: [UInt8], keys: some Sequence<SecretBytes>
    ) throws(MessagesError) -> [UInt8] {
        guard sealed.count >= overhead else { throw MessagesError(.tooShort, "the group message is too short") }
        guard sealed.count <= MessageLimits.groupPlaintextByteCount + 2 * blockByteCount else {
            throw MessagesError(.messageTooLarge, "the group message is too large")
        }
        for key in keys {
            if let inner = try? XChaCha20Poly1305.openWithNonce(sealed, key: key) { return inner }
        }
        throw MessagesError(.decryptionFailed, "no key of the group opens the message")
    }

    private static func verified(_ parts: Bencoded, group: AccountID) throws(MessagesError) -> Opened {
        let (plain, compressed) = (parts["d"], parts["z"])
        guard (plain == nil) != (compressed == nil), let data = (plain ?? compressed)?.bytes, !data.isEmpty,
            let signature = parts["s"]?.bytes, let author = parts["a"]?.bytes
        else { throw .malformedGroupMessage }
        guard let senderKey = Ed25519PublicKey(author), let twin = try? Ed25519.x25519PublicKey(of: senderKey) else {
            throw MessagesError(.badSenderKey, "the sender's key belongs to no account")
        }
        guard Ed25519.verify(signature, of: data + group.key.bytes, by: senderKey) else {
            throw MessagesError(.badSignature, "the group message is not signed for this group")
        }
        return Opened(
            sender: AccountID(standard: twin), senderKey: senderKey,
            plaintext: compressed == nil ? data : try decompress(data))
    }

    private static func decompress(_ data: [UInt8]) throws(MessagesError) -> [UInt8] {
        guard let plaintext = Zstandard.decompressed(data, limit: MessageLimits.groupPlaintextByteCount) else {
            throw MessagesError(.malformedWrapper, "the group message cannot be decompressed")
        }
        return plaintext
    }

    private static func requireGroup(_ group: AccountID) throws(MessagesError) {
        guard group.prefix == .group else { throw MessagesError(.invalidRecipient, "the ID is no group's") }
    }
}

extension MessagesError {
    fileprivate static let malformedGroupMessage = MessagesError(
        .malformedWrapper, "the group message's wrapper cannot be read")
}
