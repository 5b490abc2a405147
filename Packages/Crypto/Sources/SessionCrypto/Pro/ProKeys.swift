import SessionInterfaces

/// The keys of Session Pro that follow from an account. Follows protocol document 01, section 3.8.
public enum ProKeys {
    /// Seconds for which a rotating key serves.
    public static let periodSeconds: Int64 = 604_800

    /// The key by which the backend knows whoever pays, and which tells it nothing of the account.
    public static func master(of account: Ed25519KeyPair) -> Ed25519KeyPair {
        Ed25519KeyPair(checkedSeed: account.derivedSecret(key: "SessionProRandom"))
    }

    /// The moment, in Unix seconds, at which the period of `time` began.
    public static func periodStart(at time: Timestamp) -> Int64 {
        let seconds = time.milliseconds / 1000
        return seconds - seconds % periodSeconds
    }

    /// The key that signs messages in the period of `time`.
    public static func rotating(of master: Ed25519KeyPair, at time: Timestamp) -> Ed25519KeyPair {
        let period = Array(String(periodStart(at: time)).utf8)
        let input = SecretBytes.joining(master.seed, period)
        let seed = SecretBytes(count: Ed25519KeyPair.seedByteCount, in: .ephemeral) { seed in
            input.withUnsafeBytes { BLAKE2b.hash($0, into: seed, personal: Array("ProRotatingSeed_".utf8)) }
        }
        return Ed25519KeyPair(checkedSeed: seed)
    }
}
