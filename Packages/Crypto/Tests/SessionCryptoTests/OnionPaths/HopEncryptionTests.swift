import SessionCrypto
import SessionInterfaces
import Testing

@Suite struct HopEncryptionTests {
    private let random = SeededRandom(seed: 31)

    /// Ciphertexts made by another implementation.
    @Test(arguments: [
        (HopEncryption.aesGCM, "1eb6ae1cd72f60999486365749bd5dc15cc0b6a2a44d7d063daa5e93722f0c025fd00306403b61"),
        (
            .xchacha20,
            "9e1a3abe60eff3ea5c23556cc7e225b6f94355315f7281f66ecf4dbb06e7899a52b863e03cde3b287d1638d765db75de02b032"
        ),
    ])
    func opensKnownCiphertexts(encryption: HopEncryption, ciphertext: String) throws {
        let client = try X25519KeyPair(
            secretKey: secret("ccc335912da8939e2b44816728a5a4773063efa82bf7ae2d42a0abfa2caa452d"))
        let server = try X25519KeyPair(
            secretKey: secret("8fcd8ad3a15c76f76f1c56dff0c529999f8c59b4acda79e05666e54d5727dca1"))
        let plaintext = Array("Hello world".utf8)
        #expect(
            try encryption.open(bytes(ciphertext), fromClient: client.publicKey, toServer: server) == plaintext)
        #expect(try encryption.open(bytes(ciphertext), from: server.publicKey, to: client) == plaintext)
    }

    @Test(arguments: HopEncryption.allCases, [0, 1, 100, 20_000])
    func travelsBothWays(encryption: HopEncryption, count: Int) throws {
        let client = X25519KeyPair.ephemeral(from: random)
        let server = X25519KeyPair.generate(from: random)
        let plaintext = random.bytes(count)

        let request = try encryption.seal(plaintext, from: client, to: server.publicKey, random: random)
        #expect(request.count == count + encryption.overhead)
        #expect(try encryption.open(request, fromClient: client.publicKey, toServer: server) == plaintext)

        let reply = try encryption.seal(plaintext, fromServer: server, toClient: client.publicKey, random: random)
        #expect(reply != request)
        #expect(try encryption.open(reply, from: server.publicKey, to: client) == plaintext)
    }

    @Test func rolesCountForXChaCha() throws {
        let (a, b) = (X25519KeyPair.generate(from: random), X25519KeyPair.generate(from: random))
        let sealed = try HopEncryption.xchacha20.seal([1, 2, 3], from: a, to: b.publicKey, random: random)
        #expect(throws: CryptoError(.failed, "")) {
            // Whoever sealed was the client; here the opener claims to be.
            try HopEncryption.xchacha20.open(sealed, from: a.publicKey, to: b)
        }
    }

    @Test(arguments: HopEncryption.allCases)
    func everyBitCounts(encryption: HopEncryption) throws {
        let (client, server) = (X25519KeyPair.ephemeral(from: random), X25519KeyPair.generate(from: random))
        let sealed = try encryption.seal([1, 2, 3], from: client, to: server.publicKey, random: random)
        for sealed in flips(of: sealed) {
            #expect(throws: CryptoError(.failed, "")) {
                try encryption.open(sealed, fromClient: client.publicKey, toServer: server)
            }
        }
    }

    @Test(arguments: HopEncryption.allCases)
    func shortLayersAreRefused(encryption: HopEncryption) {
        let (client, server) = (X25519KeyPair.ephemeral(from: random), X25519KeyPair.generate(from: random))
        for count in 0..<encryption.overhead {
            #expect(throws: CryptoError(.tooShort, "")) {
                try encryption.open(random.bytes(count), fromClient: client.publicKey, toServer: server)
            }
        }
    }

    @Test(arguments: HopEncryption.allCases, lowOrderPoints)
    func lowOrderPointsAreRefused(encryption: HopEncryption, hex: String) throws {
        let own = X25519KeyPair.generate(from: random)
        let point = try #require(X25519PublicKey(hex: hex))
        let layer = random.bytes(100)
        let refused = CryptoError(.badPublicKey, "")
        #expect(throws: refused) { try encryption.seal([1], from: own, to: point, random: random) }
        #expect(throws: refused) { try encryption.seal([1], fromServer: own, toClient: point, random: random) }
        #expect(throws: refused) { try encryption.open(layer, from: point, to: own) }
        #expect(throws: refused) { try encryption.open(layer, fromClient: point, toServer: own) }
    }

    /// Its key is the plain result of the key agreement.
    @Test(arguments: [0, 1, 15, 16, 100])
    func nodesReadAndAnswerTheLegacyKind(count: Int) throws {
        let (client, server) = (X25519KeyPair.ephemeral(from: random), X25519KeyPair.generate(from: random))
        let (plaintext, iv) = (random.bytes(count), random.bytes(16))
        let request =
            iv + (try AESCBC.encrypt(plaintext, key: client.sharedSecret(with: server.publicKey), iv: iv))
        let legacy = HopEncryption.aesCBC
        #expect(try legacy.open(request, fromClient: client.publicKey, toServer: server) == plaintext)
        let reply = try legacy.seal(plaintext, fromServer: server, toClient: client.publicKey, random: random)
        #expect(try legacy.open(reply, from: server.publicKey, to: client) == plaintext)
        #expect((17...legacy.overhead).contains(reply.count - count))
        for count in 0..<32 {
            #expect(throws: CryptoError(.tooShort, "")) {
                try legacy.open(Array(request.prefix(count)), fromClient: client.publicKey, toServer: server)
            }
        }
    }

    @Test func clientsNeverSendTheLegacyKind() {
        let (client, server) = (X25519KeyPair.ephemeral(from: random), X25519KeyPair.generate(from: random))
        #expect(throws: CryptoError(.invalidArgument, "")) {
            try HopEncryption.aesCBC.seal([1], from: client, to: server.publicKey, random: random)
        }
        #expect(!HopEncryption.allCases.contains(.aesCBC))
    }

    @Test func wireNames() {
        #expect(HopEncryption(wireName: nil) == .aesGCM)
        #expect(HopEncryption(wireName: "gcm") == .aesGCM)
        #expect(HopEncryption(wireName: "xchacha20-poly1305") == .xchacha20)
        #expect(HopEncryption(wireName: "cbc") == .aesCBC)
        #expect(HopEncryption(wireName: "aes-cbc") == .aesCBC)
        for unknown in ["", "aes", "XCHACHA20", "aesGCM"] {
            #expect(HopEncryption(wireName: unknown) == nil)
        }
        for encryption in HopEncryption.allCases {
            #expect(HopEncryption(wireName: encryption.rawValue) == encryption)
        }
        #expect(HopEncryption.allCases.map(\.rawValue) == ["xchacha20", "aes-gcm"])
    }
}
