import CSodium
import CZstd
import SessionCrypto
import SessionInterfaces
import SessionMessages

/// Messages to groups and to many.
enum GroupBenchmarks {
    static func all() throws -> [Comparison] {
        let sender = AccountKeys.generate(from: CryptoRandom())
        return try groupMessages(sender) + many(sender)
    }

    private static func groupMessages(_ sender: AccountKeys) throws -> [Comparison] {
        let group = AccountID(prefix: .group, key: Ed25519KeyPair.generate(from: CryptoRandom()).publicKey.bytes)
        let key = SecretBytes.random(count: 32, from: CryptoRandom())
        // Nothing that compression makes shorter, so that both sides sign and encrypt the same.
        let plaintext = CryptoRandom().bytes(200)
        let sealed = try GroupMessageSeal.seal(
            plaintext, from: sender.ed25519, to: group, key: key, random: CryptoRandom())
        let bare = BareGroupMessages(sender.ed25519, byteCount: sealed.count - 40)
        return [
            Comparison(
                "group encrypt 200 bytes",
                {
                    _ = try GroupMessageSeal.seal(
                        plaintext, from: sender.ed25519, to: group, key: key, random: CryptoRandom())
                }, bare: { bare.seal(plaintext) }),
            Comparison(
                "group decrypt 200 bytes", { _ = try GroupMessageSeal.open(sealed, in: group, keys: [key]) },
                bare: { bare.open() }),
        ]
    }

    private static func many(_ sender: AccountKeys) throws -> [Comparison] {
        let recipients = (0..<10).map { _ in X25519KeyPair.generate(from: CryptoRandom()) }
        let keys = recipients.map(\.publicKey)
        let message = [UInt8](repeating: 7, count: 64)
        let container = try MultiSeal.seal([message], from: sender.x25519, to: keys, domain: "bench")
        let secret = sender.x25519.withUnsafeSecretKey { Array($0) }
        let bareKeys = keys.map(\.bytes.bytes)
        return [
            Comparison(
                "multi-encrypt for ten",
                { _ = try MultiSeal.seal([message], from: sender.x25519, to: keys, domain: "bench") },
                bare: { for key in bareKeys { BareAgreement.seal(message, secret, key) } }),
            Comparison(
                "multi-decrypt the last of ten",
                {
                    _ = MultiSeal.open(
                        container, with: recipients[9], from: sender.x25519.publicKey, domain: "bench")
                }, bare: { BareAgreement.seal(message, secret, bareKeys[0]) }),
        ]
    }
}

/// One key agreement, a hash and an encryption.
private enum BareAgreement {
    static func seal(_ message: [UInt8], _ secret: [UInt8], _ key: [UInt8]) {
        var shared = [UInt8](repeating: 0, count: 32)
        _ = crypto_scalarmult_curve25519(&shared, secret, key)
        let input = shared + key + key
        var derived = [UInt8](repeating: 0, count: 32)
        crypto_generichash(&derived, 32, input, UInt64(input.count), nil, 0)
        var sealed = [UInt8](repeating: 0, count: message.count + 16)
        crypto_aead_xchacha20poly1305_ietf_encrypt(
            &sealed, nil, message, UInt64(message.count), nil, 0, nil, Array(derived.prefix(24)), derived)
    }
}

/// One attempt to compress, one signature and one encryption of the padded size, and back.
private final class BareGroupMessages {
    private let secretKey: [UInt8]
    private let publicKey: [UInt8]
    private let key = [UInt8](repeating: 1, count: 32)
    private let nonce = [UInt8](repeating: 2, count: 24)
    private let padded: [UInt8]
    private var signature = [UInt8](repeating: 0, count: 64)
    private let signed = [UInt8](repeating: 7, count: 232)
    private var sealed: [UInt8]

    init(_ sender: Ed25519KeyPair, byteCount: Int) {
        secretKey = sender.withUnsafeSecretKey { Array($0) }
        publicKey = sender.publicKey.bytes.bytes
        padded = [UInt8](repeating: 0, count: byteCount)
        sealed = [UInt8](repeating: 0, count: byteCount + 16)
        crypto_sign_ed25519_detached(&signature, nil, signed, UInt64(signed.count), secretKey)
        encrypt()
    }

    func seal(_ plaintext: [UInt8]) {
        var compressed = [UInt8](repeating: 0, count: ZSTD_compressBound(plaintext.count))
        ZSTD_compress(&compressed, compressed.count, plaintext, plaintext.count, 1)
        let signed = plaintext + publicKey
        crypto_sign_ed25519_detached(&signature, nil, signed, UInt64(signed.count), secretKey)
        encrypt()
    }

    func open() {
        var plaintext = [UInt8](repeating: 0, count: padded.count)
        _ = crypto_aead_xchacha20poly1305_ietf_decrypt(
            &plaintext, nil, nil, sealed, UInt64(sealed.count), nil, 0, nonce, key)
        _ = crypto_sign_ed25519_verify_detached(signature, signed, UInt64(signed.count), publicKey)
    }

    private func encrypt() {
        crypto_aead_xchacha20poly1305_ietf_encrypt(
            &sealed, nil, padded, UInt64(padded.count), nil, 0, nil, nonce, key)
    }
}
