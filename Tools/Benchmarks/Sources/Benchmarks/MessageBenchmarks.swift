import CSodium
import SessionCrypto
import SessionInterfaces
import SessionMessages

/// Accounts and one-to-one messages.
enum MessageBenchmarks {
    static func all() throws -> [Comparison] {
        let sender = AccountKeys.generate(from: CryptoRandom())
        let recipient = AccountKeys.generate(from: CryptoRandom())
        let plaintext = [UInt8](repeating: 7, count: 200)
        let sealed = try DirectMessageSeal.seal(plaintext, from: sender.ed25519, to: recipient.accountID)
        let content = try MessageContent.text("a text of a usual length, say", sentAt: SystemClock().now())
        let serialized = try content.serialized()
        let message = try DirectMessage.encode(
            content, from: sender, to: recipient.accountID, random: CryptoRandom())
        // What the bytes of a message need: a seal of the padded content, a signature on the envelope.
        let padded = [UInt8](repeating: 0, count: 160)
        let sealedPadded = try DirectMessageSeal.seal(padded, from: sender.ed25519, to: recipient.accountID)
        let phrase = sender.recoveryPhrase()
        let bare = BareMessages(sender: sender, recipient: recipient)
        let batch = [[UInt8]](repeating: sealed, count: 512)
        return [
            Comparison(
                "seal 200 bytes",
                { _ = try DirectMessageSeal.seal(plaintext, from: sender.ed25519, to: recipient.accountID) },
                bare: { bare.seal(plaintext) }),
            Comparison(
                "open and verify 200 bytes", { _ = try DirectMessageSeal.open(sealed, with: recipient.x25519) },
                bare: { bare.open(sealed) }),
            Comparison(
                "encode a message",
                {
                    _ = try DirectMessage.encode(content, from: sender, to: recipient.accountID, random: CryptoRandom())
                }, bare: { bare.sealAndSignAside(padded) }),
            Comparison(
                "decode a message", { _ = try DirectMessage.decode(message, with: recipient) },
                bare: { bare.open(sealedPadded) }),
            Comparison("write content", { _ = try content.serialized() }),
            Comparison("read content", { _ = try MessageContent(serialized: serialized) }),
            Comparison(
                "open 512 messages on all cores",
                { _ = await DirectMessageSeal.openAll(batch, with: recipient.x25519) },
                bare: { for message in batch { _ = try DirectMessageSeal.open(message, with: recipient.x25519) } }),
            Comparison("write a recovery phrase", { _ = sender.recoveryPhrase() }),
            Comparison("read a recovery phrase", { _ = try AccountKeys(recoveryPhrase: phrase) }),
        ]
    }
}

/// The same with libsodium alone, on buffers made beforehand.
private final class BareMessages {
    private let secretKey: [UInt8]
    private let recipientSecret: [UInt8]
    private let recipientPublic: [UInt8]
    private let senderPublic: [UInt8]

    init(sender: AccountKeys, recipient: AccountKeys) {
        secretKey = sender.ed25519.withUnsafeSecretKey { Array($0) }
        senderPublic = sender.ed25519.publicKey.bytes.bytes
        recipientSecret = recipient.x25519.withUnsafeSecretKey { Array($0) }
        recipientPublic = recipient.x25519.publicKey.bytes.bytes
    }

    func seal(_ plaintext: [UInt8]) {
        let signed = plaintext + senderPublic + recipientPublic
        var signature = [UInt8](repeating: 0, count: 64)
        crypto_sign_ed25519_detached(&signature, nil, signed, UInt64(signed.count), secretKey)
        let body = plaintext + senderPublic + signature
        var sealed = [UInt8](repeating: 0, count: body.count + crypto_box_sealbytes())
        crypto_box_seal(&sealed, body, UInt64(body.count), recipientPublic)
    }

    /// The envelope's own signature is by a key made for it.
    func sealAndSignAside(_ plaintext: [UInt8]) {
        seal(plaintext)
        var (key, secret) = ([UInt8](repeating: 0, count: 32), [UInt8](repeating: 0, count: 64))
        crypto_sign_ed25519_keypair(&key, &secret)
        var signature = [UInt8](repeating: 0, count: 64)
        let signed = [UInt8](repeating: 1, count: plaintext.count + 144)
        crypto_sign_ed25519_detached(&signature, nil, signed, UInt64(signed.count), secret)
    }

    /// Converting the sender's key is left out: the toolkit remembers the result.
    func open(_ sealed: [UInt8]) {
        var body = [UInt8](repeating: 0, count: sealed.count - crypto_box_sealbytes())
        _ = crypto_box_seal_open(&body, sealed, UInt64(sealed.count), recipientPublic, recipientSecret)
        let signature = Array(body.suffix(64))
        let signed = Array(body.dropLast(64)) + recipientPublic
        _ = crypto_sign_ed25519_verify_detached(signature, signed, UInt64(signed.count), senderPublic)
    }
}
