import SessionCrypto
import SessionInterfaces
import Testing

@Suite struct XEd25519Tests {
    private let random = SeededRandom(seed: 25)

    @Test(arguments: [0, 1, 64, 1000])
    func signaturesVerify(count: Int) {
        // Half of the keys have a point with the sign bit set.
        for _ in 0..<16 {
            let pair = X25519KeyPair.generate(from: random)
            let message = random.bytes(count)
            let signature = XEd25519.sign(message, by: pair, random: random)
            #expect(XEd25519.verify(signature, of: message, by: pair.publicKey))
            #expect(!XEd25519.verify(signature, of: message + [0], by: pair.publicKey))
            #expect(!XEd25519.verify(signature, of: message, by: X25519KeyPair.generate(from: random).publicKey))
        }
    }

    @Test func everyBitCounts() {
        let pair = X25519KeyPair.generate(from: random)
        for signature in flips(of: XEd25519.sign([1, 2], by: pair, random: random)) {
            #expect(!XEd25519.verify(signature, of: [1, 2], by: pair.publicKey))
        }
    }

    @Test(arguments: [0, 63, 65])
    func otherLengthsAreNoSignatures(count: Int) {
        let key = X25519KeyPair.generate(from: random).publicKey
        #expect(!XEd25519.verify([UInt8](repeating: 0, count: count), of: [], by: key))
    }

    @Test(arguments: lowOrderPoints)
    func lowOrderPointsSignNothing(hex: String) throws {
        let key = try #require(X25519PublicKey(hex: hex))
        #expect(!XEd25519.verify([UInt8](repeating: 0, count: 64), of: [], by: key))
        #expect(!XEd25519.verify([1] + [UInt8](repeating: 0, count: 63), of: [], by: key))
    }

    @Test func noTwoSignaturesAreAlike() {
        let pair = X25519KeyPair.generate(from: random)
        #expect(XEd25519.sign([1], by: pair) != XEd25519.sign([1], by: pair))
    }
}
