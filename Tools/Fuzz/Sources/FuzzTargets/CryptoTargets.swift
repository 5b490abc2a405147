import SessionCrypto
import SessionInterfaces

extension FuzzTarget {
    private static let account = AccountKeys.generate(from: SeededRandom(seed: 2))
    private static let key = SecretBytes([UInt8](repeating: 5, count: 32))

    static let recoveryPhrase = FuzzTarget(
        name: "phrase", seeds: [.init("01-accounts", "phrase", .text), .init("01-accounts", "phrase_english", .text)]
    ) { bytes in
        let phrase = String(decoding: bytes, as: UTF8.self)
        for words in WordList.all { _ = try? RecoveryPhrase.decode(phrase, in: words) }
        _ = try RecoveryPhrase.decodeInAnyLanguage(SecretText(phrase))
    }

    /// Keys, IDs and signatures of strangers.
    static let publicKeys = FuzzTarget(
        name: "public-keys",
        seeds: [.init("oracle-blinding", "session_id"), .init("04-blinding", "session_id")]
    ) { bytes in
        _ = try? AccountID(String(decoding: bytes, as: UTF8.self))
        guard let key = Ed25519PublicKey(bytes.prefix(32)) else { return }
        let signature = Array(bytes.dropFirst(32))
        let twin = X25519PublicKey(key.bytes)
        _ = try? Ed25519.x25519PublicKey(of: key)
        _ = Ed25519.verify(signature, of: bytes, by: key)
        _ = XEd25519.verify(signature, of: bytes, by: twin)
        for kind in Blinding.allCases {
            _ = try? kind.ids(of: AccountID(standard: twin), at: account.x25519.publicKey)
            _ = try? BlindedMessageSeal.seal(
                bytes, from: account.ed25519, to: AccountID(prefix: kind.prefix, key: key.bytes), at: twin)
        }
        _ = try DirectMessageSeal.seal(bytes, from: account.ed25519, to: AccountID(standard: twin))
    }

    /// Ciphertexts of strangers.
    static let sealedBytes = FuzzTarget(
        name: "sealed-bytes",
        seeds: [.init("oracle-multi-encrypt", "encrypted"), .init("03-multi-encrypt", "encoded_hex")]
    ) { bytes in
        _ = MultiSeal.open(bytes, with: account.x25519, from: account.x25519.publicKey, domain: "fuzz")
        _ = try? DirectMessageSeal.open(bytes, with: account.x25519)
        _ = try? AESCBC.decrypt(bytes, key: key, iv: [UInt8](repeating: 0, count: 16))
        for encryption in [HopEncryption.xchacha20, .aesGCM, .aesCBC] {
            _ = try? encryption.open(bytes, fromClient: account.x25519.publicKey, toServer: account.x25519)
        }
        _ = try NameRecordCipher.open(bytes, nonce: [UInt8](repeating: 0, count: 24), name: "fuzz")
    }
}
