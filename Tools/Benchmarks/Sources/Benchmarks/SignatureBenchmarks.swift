import CSodium
import SessionCrypto
import SessionInterfaces

/// Blinded identities, sub-accounts, and signatures by X25519 keys.
enum SignatureBenchmarks {
    static func all() throws -> [Comparison] {
        let account = AccountKeys.generate(from: CryptoRandom())
        let server = X25519KeyPair.generate(from: CryptoRandom()).publicKey
        let message = [UInt8](repeating: 7, count: 200)
        return try blinding(account, server, message) + xed25519(account, message) + subaccounts(account, message)
    }

    private static func blinding(
        _ account: AccountKeys, _ server: X25519PublicKey, _ message: [UInt8]
    ) throws -> [Comparison] {
        let bare = BareScalars()
        let first = BlindedKeyPair(.blinded15, of: account.ed25519, at: server)
        let second = BlindedKeyPair(.blinded25, of: account.ed25519, at: server)
        let point = account.ed25519.publicKey.bytes.bytes
        return [
            Comparison("15-blind sign", { _ = first.sign(message) }, bare: { bare.sign(message, nonceBy: .sha512) }),
            Comparison("25-blind sign", { _ = second.sign(message) }, bare: { bare.sign(message, nonceBy: .blake2b) }),
            Comparison(
                "15-blind key pair", { _ = BlindedKeyPair(.blinded15, of: account.ed25519, at: server) },
                bare: { bare.keepKey(hashing: point) }),
            Comparison(
                "15-blind an account ID", { _ = try Blinding.blinded15.ids(of: account.accountID, at: server) },
                bare: { bare.multiply(point, hashing: point) }),
        ]
    }

    private static func xed25519(_ account: AccountKeys, _ message: [UInt8]) -> [Comparison] {
        let bare = BareScalars()
        let (pair, key) = (account.x25519, account.x25519.publicKey)
        let signature = XEd25519.sign(message, by: pair)
        let plain = account.ed25519.sign(message)
        let signer = account.ed25519.publicKey.bytes.bytes
        return [
            Comparison(
                "XEd25519 sign", { _ = XEd25519.sign(message, by: pair) },
                bare: {
                    bare.multiplyBase()
                    bare.sign(message, nonceBy: .blake2b)
                }),
            Comparison(
                "XEd25519 verify", { _ = XEd25519.verify(signature, of: message, by: key) },
                bare: { _ = crypto_sign_ed25519_verify_detached(plain, message, UInt64(message.count), signer) }),
        ]
    }

    private static func subaccounts(_ account: AccountKeys, _ message: [UInt8]) throws -> [Comparison] {
        let bare = BareScalars()
        let group = Ed25519KeyPair.generate(from: CryptoRandom())
        let groupID = AccountID(prefix: .group, key: group.publicKey.bytes)
        let key = try SubaccountKey(
            SubaccountGrant(for: account.accountID, by: group), of: account.ed25519, in: groupID)
        let point = account.ed25519.publicKey.bytes.bytes
        return [
            Comparison("sub-account sign", { _ = key.sign(message) }, bare: { bare.sign(message, nonceBy: .blake2b) }),
            Comparison(
                "sub-account token", { _ = try SubaccountGrant.token(for: account.accountID, by: group) },
                bare: { bare.multiply(point, hashing: point) }),
        ]
    }
}
