import SessionCrypto
import SessionInterfaces
import Testing

@Suite struct X25519ConversionTests {
    @Test(arguments: 0..<50)
    func theTwinDiffersFromTheKeyInItsSignAtMost(seed: UInt64) throws {
        let pair = Ed25519KeyPair.generate(from: SeededRandom(seed: seed))
        let twin = try X25519.nonNegativeEd25519PublicKey(of: pair.x25519.publicKey)
        var expected = pair.publicKey.bytes.bytes
        expected[31] &= 0x7f
        #expect(twin.bytes.bytes == expected)
        #expect(try Ed25519.x25519PublicKey(of: twin) == pair.x25519.publicKey)
    }

    @Test func theKeyWithoutATwinIsRefused() throws {
        // u = −1: 2^255 − 20.
        let bytes: [UInt8] = [0xec] + [UInt8](repeating: 0xff, count: 30) + [0x7f]
        let key = try #require(X25519PublicKey(bytes))
        #expect(throws: CryptoError(.badPublicKey, "")) { try X25519.nonNegativeEd25519PublicKey(of: key) }
    }
}
