import CSodium
import SessionInterfaces

/// Encryption of one-to-one messages: signed by the sender, then sealed to the recipient, so that only the recipient
/// learns who sent them. Follows protocol document 01, section 3.2.
///
/// A sealed message is: ephemeral key (32 bytes), tag (16), and encrypted: plaintext, sender's key (32), signature (64).
public enum DirectMessageSeal {
    /// Bytes that a sealed message is longer than its plaintext.
    public static let overhead = bodyOffset + trailerByteCount

    /// Where the encrypted part begins.
    static let bodyOffset = Bytes32.byteCount + Int(crypto_box_MACBYTES)
    /// Bytes of sender's key and signature.
    static let trailerByteCount = Bytes32.byteCount + Ed25519.signatureByteCount
}
