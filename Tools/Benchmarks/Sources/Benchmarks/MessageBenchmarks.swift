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
        let phrase = sender.recoveryPhrase()
        let bare = BareMessages(sender: sender, recipient: recipient)
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
                }),
            Comparison("decode a message", { _ = try DirectMessage.decode(message, with: recipient) }),
            Comparison("write content", { _ = try content.serialized() }),
            Comparison("read content", { _ = try MessageContent(serialized: serialized) }),
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

    /// Converting the sender's key is left out: the toolkit remembers the result.
    func open(_ sealed: [UInt8]) {
        var body = [UInt8](repeating: 0, count: sealed.count - crypto_box_sealbytes())
        _ = crypto_box_seal_open(&body, sealed, UInt64(sealed.count), recipientPublic, recipientSecret)
        let signature = Array(body.suffix(64))
        let signed = Array(body.dropLast(64)) + recipientPublic
        _ = crypto_sign_ed25519_verify_detached(signature, signed, UInt64(signed.count), senderPublic)
    }
}
