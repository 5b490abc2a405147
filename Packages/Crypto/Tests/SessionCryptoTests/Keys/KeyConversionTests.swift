import SessionInterfaces
import Testing

@testable import SessionCrypto

@Suite struct KeyConversionTests {
    @Test(arguments: [
        (
            "4cb76fdc6d32278e3f83dbf608360ecc6b65727934b85d2fb86862ff98c46ab7",
            "d2ad010eeb72d72e561d9de7bd7b6989af77dcabffa03a5111a6c859ae5c3a72"
        ),
        (
            "5ea34e72bb044654a6a23675690ef5ffaaf1656b02f93fb76655f9cbdbe89876",
            "aa654f00fc39fc69fd0db829410ca38177d7732a8d2f0934ab3872ac56d5aa74"
        ),
    ])
    func knownAnswers(ed25519: String, x25519: String) throws {
        let key = try #require(Ed25519PublicKey(hex: ed25519))
        // The second answer comes from memory.
        #expect(try Ed25519.x25519PublicKey(of: key).hex == x25519)
        #expect(try Ed25519.x25519PublicKey(of: key).hex == x25519)
    }

    @Test func bothWaysToTheTwinAgree() throws {
        let random = SeededRandom(seed: 9)
        for _ in 0..<50 {
            let keys = Ed25519KeyPair.generate(from: random)
            #expect(try Ed25519.x25519PublicKey(of: keys.publicKey) == keys.x25519.publicKey)
        }
    }

    @Test(arguments: [
        // Points of order 1, 2, 4, 4, 8 and 8.
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        // No point; no canonical form.
        "0200000000000000000000000000000000000000000000000000000000000000",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        // A point of the main subgroup plus the point of order 2.
        "a148902392cdd871c07c2409f7c9f133949a8d86cb47a2d047979d00673b9548",
    ])
    func badKeysAreRefused(hex: String) throws {
        let key = try #require(Ed25519PublicKey(hex: hex))
        for _ in 0..<2 {
            #expect(throws: CryptoError(.badPublicKey, "")) { try Ed25519.x25519PublicKey(of: key) }
        }
    }

    @Test func memoryIsBoundedAndKeepsWhatIsUsed() throws {
        let known = ConvertedKeys<Ed25519PublicKey, X25519PublicKey>(capacity: 10)
        let random = SeededRandom(seed: 5)
        let favourite = Ed25519PublicKey(Bytes32())
        let twin = X25519PublicKey(Bytes32())
        known[favourite] = twin
        for _ in 0..<100 {
            let key = try #require(Ed25519PublicKey(random.bytes(32)))
            #expect(known[key] == nil)
            known[key] = X25519PublicKey(key.bytes)
            #expect(known[key] == X25519PublicKey(key.bytes))
            #expect(known[favourite] == twin)
            #expect(known.count <= 10)
        }
    }

    @Test func memoryForgetsWhatIsNotUsed() throws {
        let known = ConvertedKeys<Ed25519PublicKey, X25519PublicKey>(capacity: 10)
        let random = SeededRandom(seed: 6)
        let forgotten = Ed25519PublicKey(Bytes32())
        known[forgotten] = X25519PublicKey(Bytes32())
        for _ in 0..<10 { known[try #require(Ed25519PublicKey(random.bytes(32)))] = X25519PublicKey(Bytes32()) }
        #expect(known[forgotten] == nil)
    }

    @Test func memoryIsSharedByThreads() async {
        let keys = (0..<8).map { Ed25519KeyPair.generate(from: SeededRandom(seed: $0)) }
        await withTaskGroup(of: Bool.self) { group in
            for keys in keys + keys + keys {
                group.addTask { (try? Ed25519.x25519PublicKey(of: keys.publicKey)) == keys.x25519.publicKey }
            }
            for await isRight in group { #expect(isRight) }
        }
    }
}
