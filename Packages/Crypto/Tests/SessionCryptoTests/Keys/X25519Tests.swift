import SessionCrypto
import SessionInterfaces
import Testing

@Suite struct X25519Tests {
    @Test func knownAnswer() throws {
        let a = try X25519KeyPair(
            secretKey: secret("7d446468c186d6fb3c83365ab77a37b1f9fa3e59eb9788a40ae2e9560f196f30"))
        let b = try X25519KeyPair(
            secretKey: secret("f512f68e81a932aa2ff6d8723baa260a43a6f789d61c91b71f73e4f284e3600a"))
        #expect(a.publicKey.hex == "01c7391664840b2ef7126b3709dbac178ba5f3ef2335a62343d5df7da4a11c30")
        #expect(b.publicKey.hex == "f7b99da2e25e3c399902641c707ae20ad72b63ed0cc487730ff0b3bcecf18609")
        #expect(
            try a.sharedSecret(with: b.publicKey).revealed
                == bytes("82febb47d580439e5b71d2784f87a6946a898d71fed262aeb5bf03c2447f6069"))
    }

    @Test func bothSidesShareOneSecret() throws {
        let random = SeededRandom(seed: 11)
        for _ in 0..<20 {
            let (a, b) = (X25519KeyPair.generate(from: random), X25519KeyPair.ephemeral(from: random))
            #expect(try a.sharedSecret(with: b.publicKey).isEqual(to: b.sharedSecret(with: a.publicKey)))
        }
    }

    @Test func ephemeralKeysAreDrawnAlike() {
        let (a, b) = (
            X25519KeyPair.generate(from: SeededRandom(seed: 1)), X25519KeyPair.ephemeral(from: SeededRandom(seed: 1))
        )
        #expect(a.publicKey == b.publicKey)
    }

    @Test(arguments: lowOrderPoints)
    func lowOrderPointsAreRefused(hex: String) throws {
        let keys = X25519KeyPair.generate(from: SeededRandom(seed: 2))
        let point = try #require(X25519PublicKey(hex: hex))
        #expect(throws: CryptoError(.badPublicKey, "")) { try keys.sharedSecret(with: point) }
    }

    @Test(arguments: [0, 31, 33, 64])
    func secretKeysOfOtherLengthsAreRefused(count: Int) {
        #expect(throws: CryptoError(.invalidArgument, "")) {
            try X25519KeyPair(secretKey: SecretBytes([UInt8](repeating: 7, count: count)))
        }
    }
}
