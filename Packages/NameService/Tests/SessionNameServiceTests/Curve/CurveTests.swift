import SessionCrypto
import SessionInterfaces
import Testing

@_spi(TestNetwork) @testable import SessionNameService

@Suite struct CurveTests {
    static func scalar(_ number: UInt8) -> CurveScalar {
        CurveScalar(reducing: [number] + [UInt8](repeating: 0, count: 31))
    }

    @Test func basePoint() {
        #expect(EdwardsPoint.base.bytes.hex == "58" + String(repeating: "66", count: 31))
    }

    /// The keys that libsodium makes are points here too, and come out as they went in.
    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func readsAndWrites(seed: UInt64) throws {
        let key = Ed25519KeyPair.generate(from: SeededRandom(seed: seed)).publicKey.bytes
        #expect(try #require(EdwardsPoint(key)).bytes == key)
    }

    @Test func additionAndMultiplicationAgree() {
        let base = EdwardsPoint.base
        var sum = EdwardsPoint.identity
        for count in 0...5 as ClosedRange<UInt8> {
            #expect(base.multiplied(by: Self.scalar(count)).bytes == sum.bytes)
            sum = sum + base
        }
    }

    /// The order of the main subgroup, and one less.
    @Test func orderOfTheGroup() throws {
        let order = try #require(Hex.decode("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010"))
        #expect(CurveScalar(reducing: order).bytes == CurveScalar.zero.bytes)
        #expect(CurveScalar(canonical: order[...]) == nil)
        let minusOne = -Self.scalar(1)
        #expect(CurveScalar(canonical: minusOne.bytes[...]) != nil)
        #expect((EdwardsPoint.base.multiplied(by: minusOne) + EdwardsPoint.base).isIdentity)
        #expect((minusOne * minusOne).bytes == Self.scalar(1).bytes)
        #expect((minusOne + Self.scalar(1)).bytes == CurveScalar.zero.bytes)
    }

    /// No curve point has y = 2; the order and more are no forms of a coordinate; x = 0 has no sign.
    @Test(arguments: [
        "0200000000000000000000000000000000000000000000000000000000000000",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "0100000000000000000000000000000000000000000000000000000000000080",
    ])
    func noPoints(hex: String) throws {
        #expect(EdwardsPoint(try #require(Hex.decode(hex).flatMap { Bytes32($0) })) == nil)
    }

    /// Points outside the main subgroup are points nevertheless.
    @Test(arguments: [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    ])
    func pointsOfLowOrder(hex: String) throws {
        let bytes = try #require(Hex.decode(hex).flatMap { Bytes32($0) })
        let point = try #require(EdwardsPoint(bytes))
        #expect(point.bytes == bytes)
        #expect(point.multiplied(by: Self.scalar(8)).isIdentity)
    }

    @Test func walletSignatures() throws {
        let random = SeededRandom(seed: 4)
        let secret = SecretBytes(random.bytes(32))
        let (key, hash) = (WalletSignature.publicKey(of: secret), BLAKE2b.hash32([1, 2, 3]))
        let signature = WalletSignature.sign(hash, by: secret, nonce: SecretBytes(random.bytes(32)))
        #expect(WalletSignature.verify(signature, of: hash, by: key))
        #expect(!WalletSignature.verify(signature, of: BLAKE2b.hash32([1, 2, 4]), by: key))
        #expect(!WalletSignature.verify(signature, of: hash, by: EdwardsPoint.base.bytes))
        for bad in [[], Array(signature.dropLast()), signature + [0], [UInt8](repeating: 0xff, count: 64)] {
            #expect(!WalletSignature.verify(bad, of: hash, by: key))
        }
        // Nothing times anything is nothing.
        #expect(!WalletSignature.verify([UInt8](repeating: 0, count: 64), of: hash, by: key))
    }
}
