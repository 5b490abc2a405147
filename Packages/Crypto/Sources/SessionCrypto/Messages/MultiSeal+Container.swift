import SessionInterfaces

/// The form in which nonce and entries travel together.
extension MultiSeal {
    /// Encrypts each of `messages` for the recipient in the same place, or the only one for all.
    /// - Parameters:
    ///   - multiple: random entries are added until their number is a multiple of this; 0 and 1 add none.
    ///   - random: gives the 24 bytes of the nonce, and the added entries.
    /// - Throws: `CryptoError`, as `entries` does.
    public static func seal(
        _ messages: [[UInt8]], from sender: X25519KeyPair, to recipients: [X25519PublicKey], domain: String,
        paddedToMultipleOf multiple: Int = 0, random: some RandomSource = CryptoRandom()
    ) throws(CryptoError) -> [UInt8] {
        let nonce = random.bytes(nonceByteCount)
        var entries = try entries(messages, from: sender, to: recipients, domain: domain, nonce: nonce)
        // As other implementations do: no longer than the message, so the number is hidden from a fleeting look only.
        while multiple > 1, !entries.count.isMultiple(of: multiple), let first = messages.first {
            entries.append(random.bytes(first.count))
        }
        return Bencoded.dictionary([.init("#", .bytes(nonce)), .init("e", .strings(entries))]).encoded
    }

    /// Opens what is for `recipient`; nil when nothing is, or when `container` is none.
    public static func open(
        _ container: [UInt8], with recipient: X25519KeyPair, from sender: X25519PublicKey, domain: String
    ) -> [UInt8]? {
        guard let parts = Bencoded(container, tolerating: .deployed), let nonce = parts["#"]?.bytes,
            nonce.count == nonceByteCount, let entries = parts["e"]?.strings
        else { return nil }
        return try? open(entries: entries, with: recipient, from: sender, domain: domain, nonce: nonce)
    }
}
