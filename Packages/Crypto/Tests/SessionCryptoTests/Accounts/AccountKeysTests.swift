import SessionCrypto
import SessionInterfaces
import Testing

@Suite struct AccountKeysTests {
    struct Known: Sendable {
        let entropy: String
        let ed25519: String
        let accountID: String
        let phrase: String
    }

    static let known = [
        Known(
            entropy: "0123456789abcdef0123456789abcdef",
            ed25519: "4cb76fdc6d32278e3f83dbf608360ecc6b65727934b85d2fb86862ff98c46ab7",
            accountID: "05d2ad010eeb72d72e561d9de7bd7b6989af77dcabffa03a5111a6c859ae5c3a72",
            phrase: "vexed enjoy pigment films adept voted vexed enjoy pigment films adept voted adept"),
        Known(
            entropy: "00112233445566778899aabbccddeeff",
            ed25519: "5ea34e72bb044654a6a23675690ef5ffaaf1656b02f93fb76655f9cbdbe89876",
            accountID: "05aa654f00fc39fc69fd0db829410ca38177d7732a8d2f0934ab3872ac56d5aa74",
            phrase: "python costume hamburger heels amnesty lukewarm antics value picked roped sowed southern amnesty"),
    ]

    @Test(arguments: known)
    func entropyGivesKeys(_ known: Known) throws {
        let keys = try AccountKeys(entropy: secret(known.entropy))
        #expect(keys.ed25519.publicKey.hex == known.ed25519)
        #expect(keys.accountID.hex == known.accountID)
        #expect(keys.x25519.publicKey.bytes == keys.accountID.key)
        #expect(keys.recoveryPhrase().revealed() == known.phrase)
    }

    @Test(arguments: known)
    func phraseGivesKeys(_ known: Known) throws {
        let keys = try AccountKeys(recoveryPhrase: known.phrase)
        #expect(keys.accountID.hex == known.accountID)
        #expect(keys.entropy.isEqual(to: secret(known.entropy)))
    }

    @Test(arguments: known)
    func paddedSeedIsTheSameAccount(_ known: Known) throws {
        let keys = try AccountKeys(entropy: secret(known.entropy + String(repeating: "0", count: 32)))
        #expect(keys.accountID.hex == known.accountID)
        #expect(keys.entropy.count == AccountKeys.entropyByteCount)
        #expect(keys.recoveryPhrase().revealed() == known.phrase)
    }

    @Test func wholeSeedIsKept() throws {
        // Only the very last byte tells this seed from padded entropy.
        let seed = secret(String(repeating: "00", count: 31) + "01")
        let keys = try AccountKeys(entropy: seed)
        #expect(keys.entropy.isEqual(to: seed))
        #expect(keys.ed25519.seed.isEqual(to: seed))
        #expect(keys.recoveryPhrase().revealed().split(separator: " ").count == 25)
    }

    @Test(arguments: [0, 1, 15, 17, 31, 33, 64])
    func otherLengthsAreRefused(count: Int) {
        #expect(throws: CryptoError(.invalidArgument, "")) {
            try AccountKeys(entropy: SecretBytes([UInt8](repeating: 1, count: count)))
        }
    }

    @Test func generatedAccountsAreRestored() throws {
        let random = SeededRandom(seed: 1)
        var seen: Set<AccountID> = []
        for _ in 0..<20 {
            let keys = AccountKeys.generate(from: random)
            #expect(seen.insert(keys.accountID).inserted)
            let restored = try AccountKeys(recoveryPhrase: keys.recoveryPhrase())
            #expect(restored.accountID == keys.accountID)
            #expect(restored.ed25519.publicKey == keys.ed25519.publicKey)
        }
    }
}
