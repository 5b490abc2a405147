import SessionCrypto
import SessionInterfaces
import Testing

@testable import SessionSwarm

@Suite struct KeyTwinsTests {
    @Test func twins() throws {
        var generator = SeededRandom(seed: 9).generator
        for _ in 0..<200 {
            let pair = Ed25519KeyPair.generate(from: SeededRandom(seed: generator.next()))
            let twin = try Ed25519.x25519PublicKey(of: pair.publicKey)
            #expect(KeyTwins.areTwins(pair.publicKey, twin))
            var other = twin.bytes.bytes
            other[Int.random(in: 0..<31, using: &generator)] ^= 1 << Int.random(in: 0..<8, using: &generator)
            #expect(!KeyTwins.areTwins(pair.publicKey, try #require(X25519PublicKey(other))))
        }
    }

    /// The field's edges: 0, 1, the order and its neighbours, and the largest number of all.
    @Test(arguments: [
        [UInt8](repeating: 0, count: 32), [1] + [UInt8](repeating: 0, count: 31),
        [0xec] + [UInt8](repeating: 0xff, count: 30) + [0x7f], [0xed] + [UInt8](repeating: 0xff, count: 30) + [0x7f],
        [0xee] + [UInt8](repeating: 0xff, count: 30) + [0x7f], [UInt8](repeating: 0xff, count: 32),
    ])
    func noTwinOfAnHonestKey(bytes: [UInt8]) throws {
        let key = FakeNetwork.owner.publicKey
        #expect(!KeyTwins.areTwins(key, try #require(X25519PublicKey(bytes))))
        #expect(!KeyTwins.areTwins(try #require(Ed25519PublicKey(bytes)), FakeNetwork.owner.x25519.publicKey))
    }

    /// The base points: y = 4/5 and u = 9; the sign bit of the Ed25519 key is not looked at.
    @Test(arguments: [0x66, 0xe6] as [UInt8])
    func basePoints(last: UInt8) throws {
        let edwards = try #require(Ed25519PublicKey([0x58] + [UInt8](repeating: 0x66, count: 30) + [last]))
        #expect(KeyTwins.areTwins(edwards, try #require(X25519PublicKey([9] + [UInt8](repeating: 0, count: 31)))))
    }
}
