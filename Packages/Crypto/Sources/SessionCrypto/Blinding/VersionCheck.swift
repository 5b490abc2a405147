import SessionInterfaces

/// Signed questions for the newest version of an app. They come from a key of their own, so that the server does not
/// learn the account. Follows protocol document 01, section 4.5.
public enum VersionCheck {
    /// The key of `account`'s version checks.
    public static func keyPair(of account: Ed25519KeyPair) -> Ed25519KeyPair {
        Ed25519KeyPair(checkedSeed: account.derivedSecret(key: "VersionCheckKey_sig"))
    }

    /// The ID that goes with the signature.
    public static func id(of pair: Ed25519KeyPair) -> AccountID {
        AccountID(prefix: .versionCheck, key: pair.publicKey.bytes)
    }

    /// Signs a request.
    /// - Parameters:
    ///   - pair: as `keyPair(of:)` makes it.
    ///   - path: with its query.
    public static func sign(
        _ method: String, _ path: String, body: [UInt8] = [], at time: Timestamp, by pair: Ed25519KeyPair
    ) -> [UInt8] {
        pair.sign(Array("\(time.milliseconds / 1000)\(method)\(path)".utf8) + body)
    }
}
