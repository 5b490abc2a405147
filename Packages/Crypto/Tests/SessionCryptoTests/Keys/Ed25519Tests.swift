import SessionCrypto
import SessionInterfaces
import Testing

@Suite struct Ed25519Tests {
    @Test func knownAnswer() throws {
        let keys = try Ed25519KeyPair(seed: secret("4cb76fdc6d32278e3f83dbf608360ecc6b65727934b85d2fb86862ff98c46ab7"))
        let signature = bytes(
            "e03b6e87a53d83f202f2501e9b52193dbe4a64c6503f88244948dee532718501"
                + "1574589aa7b59bc9757f9b9c31b7be9c9212b92ac7c81e029ee21c338ee12405")
        #expect(keys.publicKey.hex == "8862834829a87e0afadfed763fa8785e893dbde7f2c001ff1071aa55005c347f")
        #expect(keys.sign(Array("hello".utf8)) == signature)
        #expect(Ed25519.verify(signature, of: Array("hello".utf8), by: keys.publicKey))
        #expect(
            keys.x25519.withUnsafeSecretKey { Hex.encode($0) }
                == "207e5d97e761300f96c10adc11efdd6d5c15188a9a7682ec05b30ca017e9b447")
    }

    @Test(arguments: [0, 1, 63, 64, 65, 5000])
    func verifiesOnlyWhatWasSigned(count: Int) {
        let random = SeededRandom(seed: UInt64(count))
        let keys = Ed25519KeyPair.generate(from: random)
        let message = random.bytes(count)
        let signature = keys.sign(message)
        #expect(Ed25519.verify(signature, of: message, by: keys.publicKey))
        #expect(!Ed25519.verify(signature, of: message + [0], by: keys.publicKey))
        #expect(!Ed25519.verify(signature, of: message, by: Ed25519KeyPair.generate(from: random).publicKey))
        for other in flips(of: signature) { #expect(!Ed25519.verify(other, of: message, by: keys.publicKey)) }
    }

    @Test(arguments: [0, 1, 63, 65, 128])
    func signaturesOfOtherLengthsAreNone(count: Int) {
        let keys = Ed25519KeyPair.generate(from: SeededRandom(seed: 1))
        let signature = keys.sign([])
        #expect(!Ed25519.verify(Array((signature + signature).prefix(count)), of: [], by: keys.publicKey))
    }

    @Test(arguments: [0, 31, 33, 64])
    func seedsOfOtherLengthsAreRefused(count: Int) {
        #expect(throws: CryptoError(.invalidArgument, "")) {
            try Ed25519KeyPair(seed: SecretBytes([UInt8](repeating: 7, count: count)))
        }
    }

    @Test func decoysAreSignaturesByKeysOfTheirOwn() {
        let kept = Ed25519KeyPair.generate(from: SeededRandom(seed: 1))
        #expect(Ed25519.decoySignature(of: [1, 2, 3], random: SeededRandom(seed: 1)) == kept.sign([1, 2, 3]))
        let (one, other) = (
            Ed25519.decoySignature(of: [], random: CryptoRandom()),
            Ed25519.decoySignature(of: [], random: CryptoRandom())
        )
        #expect(one.count == Ed25519.signatureByteCount)
        #expect(one != other)
    }

    @Test func secretKeyIsSeedAndPublicKey() throws {
        let seed = SecretBytes.random(count: 32, from: SeededRandom(seed: 4))
        let keys = try Ed25519KeyPair(seed: seed)
        #expect(keys.seed.isEqual(to: seed))
        #expect(keys.withUnsafeSecretKey { [UInt8]($0) } == seed.revealed + keys.publicKey.bytes.bytes)
    }
}
