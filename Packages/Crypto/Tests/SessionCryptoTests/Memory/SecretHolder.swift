import SessionInterfaces

@testable import SessionCrypto

/// Everything that keeps or uses a secret.
enum SecretHolder: String, CaseIterable, Codable, Sendable {
    case secretBytes, secretText, ephemeralBytes
    case account, ed25519, x25519, ephemeralX25519
    case blinded15, blinded25, blindedNonce15, blindedNonce25
    case subaccount, subaccountNonce
    case proMaster
    case xchacha20, aesGCM, aesCBC, streamSealer, streamOpener

    /// Makes the holder, works with it, and lends the secret under a mask while the holder lives.
    @inline(never)
    func live(_ body: ([UInt8]) -> Void) throws {
        let random = CryptoRandom()
        let account = AccountKeys.generate(from: random)
        switch self {
        case .secretBytes:
            let secret = SecretBytes.random(count: 32, from: random)
            body(masked(secret))
        case .secretText:
            let phrase = account.recoveryPhrase()
            body(phrase.withUnsafeText { $0.prefix(64).map { $0 ^ ProcessMemory.mask } })
        case .ephemeralBytes:
            let secret = SecretBytes(count: 32, in: .ephemeral) { random.fill($0) }
            body(masked(secret))
        case .account:
            let sealed = try DirectMessageSeal.seal([1, 2, 3], from: account.ed25519, to: account.accountID)
            _ = try DirectMessageSeal.open(sealed, with: account.x25519)
            body(masked(account.entropy))
        case .ed25519:
            let pair = Ed25519KeyPair.generate(from: random)
            _ = pair.sign([1, 2, 3])
            body(masked(pair.seed))
        case .x25519, .ephemeralX25519:
            let pair = self == .x25519 ? X25519KeyPair.generate(from: random) : .ephemeral(from: random)
            _ = try pair.sharedSecret(with: account.x25519.publicKey)
            _ = XEd25519.sign([1, 2, 3], by: pair)
            body(pair.withUnsafeSecretKey { $0.map { $0 ^ ProcessMemory.mask } })
        case .blinded15, .blinded25, .blindedNonce15, .blindedNonce25:
            try blinded(account, body)
        case .subaccount, .subaccountNonce:
            try subaccount(account, body)
        case .proMaster:
            let master = ProKeys.master(of: account.ed25519)
            _ = ProKeys.rotating(of: master, at: Timestamp(milliseconds: 1_700_000_000_000))
            body(masked(master.seed))
        case .xchacha20, .aesGCM, .aesCBC, .streamSealer, .streamOpener:
            try cipher(body)
        }
    }

    private func blinded(_ account: AccountKeys, _ body: ([UInt8]) -> Void) throws {
        let kind = self == .blinded15 || self == .blindedNonce15 ? Blinding.blinded15 : .blinded25
        let server = X25519KeyPair.generate(from: CryptoRandom()).publicKey
        let pair = BlindedKeyPair(kind, of: account.ed25519, at: server)
        _ = pair.sign([1, 2, 3])
        let sealed = try BlindedMessageSeal.seal([1], from: account.ed25519, to: pair.id, at: server)
        _ = try BlindedMessageSeal.open(sealed, with: account.ed25519, from: pair.id, to: pair.id, at: server)
        if self == .blinded15 || self == .blinded25 {
            body(masked(pair.scalar.bytes))
        } else {
            body(masked(kind.nonceSecret(of: account.ed25519)))
        }
        _ = pair.sign([4])
    }

    private func subaccount(_ account: AccountKeys, _ body: ([UInt8]) -> Void) throws {
        let group = Ed25519KeyPair.generate(from: CryptoRandom())
        let grant = try SubaccountGrant(for: account.accountID, by: group)
        let groupID = AccountID(prefix: .group, key: group.publicKey.bytes)
        let key = try SubaccountKey(grant, of: account.ed25519, in: groupID)
        _ = key.sign([1, 2, 3])
        body(masked(self == .subaccount ? key.scalar.bytes : account.ed25519.derivedSecret(key: "SubaccountSeed")))
        _ = key.sign([4])
    }

    private func cipher(_ body: ([UInt8]) -> Void) throws {
        let key = SecretBytes.random(count: 32, from: CryptoRandom())
        switch self {
        case .aesGCM:
            let nonce = [UInt8](repeating: 1, count: 12)
            _ = try AESGCM.open(AESGCM.seal([1, 2, 3], key: key, nonce: nonce), key: key, nonce: nonce)
        case .aesCBC:
            let iv = [UInt8](repeating: 1, count: 16)
            _ = try AESCBC.decrypt(AESCBC.encrypt([1, 2, 3], key: key, iv: iv), key: key, iv: iv)
        case .streamSealer, .streamOpener:
            var sealer = try SecretStreamSealer(key: key)
            var opener = try SecretStreamOpener(key: key, header: sealer.header)
            _ = try opener.pull(sealer.push([1, 2, 3], tag: .rekey))
        default:
            let nonce = [UInt8](repeating: 1, count: 24)
            _ = try XChaCha20Poly1305.open(
                XChaCha20Poly1305.seal([1, 2, 3], key: key, nonce: nonce), key: key, nonce: nonce)
        }
        body(masked(key))
    }

    private func masked(_ secret: SecretBytes) -> [UInt8] {
        secret.withUnsafeBytes { $0.map { $0 ^ ProcessMemory.mask } }
    }
}
