import SessionInterfaces

/// An account: its secret entropy and the keys that follow from it.
///
/// Entropy of 16 bytes, padded with zero, is the seed of an Ed25519 key; the X25519 twin of that key is the account ID.
/// Follows protocol document 01, section 1.1.
public struct AccountKeys: Sendable {
    /// Bytes of the entropy of an account as clients make it.
    public static let entropyByteCount = 16

    public let accountID: AccountID
    public let ed25519: Ed25519KeyPair
    /// What the recovery phrase encodes: 16 bytes, or 32 for a seed whose second half is not zero.
    public let entropy: SecretBytes

    public var x25519: X25519KeyPair { ed25519.x25519 }

    /// A new account.
    public static func generate(from random: some RandomSource) -> AccountKeys {
        AccountKeys(checkedEntropy: .random(count: entropyByteCount, from: random))
    }

    /// - Parameter entropy: 16 bytes, or a whole seed of 32.
    /// - Throws: `CryptoError(.invalidArgument)` for another length.
    public init(entropy: SecretBytes) throws(CryptoError) {
        switch entropy.count {
        case Self.entropyByteCount:
            self.init(checkedEntropy: entropy)
        case Ed25519KeyPair.seedByteCount:
            self.init(checkedEntropy: Self.withoutPadding(entropy))
        default:
            throw CryptoError(.invalidArgument, "the entropy has \(entropy.count) bytes instead of 16 or 32")
        }
    }

    /// The account that `phrase` stands for.
    /// - Parameter phrase: 13 words; see `RecoveryPhrase.decode`.
    /// - Throws: `RecoveryPhraseError`
    public init(recoveryPhrase phrase: String, in words: WordList = .english) throws(RecoveryPhraseError) {
        self.init(checkedEntropy: try RecoveryPhrase.decode(phrase, in: words))
    }

    /// The account that `phrase` stands for.
    /// - Parameter phrase: 13 words; see `RecoveryPhrase.decode`.
    /// - Throws: `RecoveryPhraseError`
    public init(recoveryPhrase phrase: SecretText, in words: WordList = .english) throws(RecoveryPhraseError) {
        self.init(checkedEntropy: try RecoveryPhrase.decode(phrase, in: words))
    }

    /// The words from which the account can be restored.
    ///
    /// Thirteen; for an entropy of 32 bytes 25, which no client takes: `RecoveryPhrase.decode` does at library level.
    public func recoveryPhrase(in words: WordList = .english) -> SecretText {
        RecoveryPhrase.encode(checked: entropy, in: words, withChecksum: true)
    }

    /// - Parameter entropy: 16 or 32 bytes.
    private init(checkedEntropy entropy: SecretBytes) {
        let seed = entropy.withUnsafeBytes { entropy in
            SecretBytes(count: Ed25519KeyPair.seedByteCount) { $0.copyMemory(from: entropy) }
        }
        self.entropy = entropy
        ed25519 = Ed25519KeyPair(checkedSeed: seed)
        accountID = AccountID(standard: ed25519.x25519.publicKey)
    }

    /// The first half of a 32-byte seed when the second is nothing but padding.
    private static func withoutPadding(_ seed: SecretBytes) -> SecretBytes {
        seed.withUnsafeBytes { bytes in
            let (half, padding) = (bytes.prefix(entropyByteCount), bytes.dropFirst(entropyByteCount))
            guard padding.reduce(0, |) == 0 else { return seed }
            return SecretBytes(count: entropyByteCount) { $0.copyMemory(from: .init(rebasing: half)) }
        }
    }
}
