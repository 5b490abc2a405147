import SessionInterfaces
import Testing

@testable import SessionCrypto

/// One cipher's functions, so that both are held to the same rules.
struct Cipher: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let nonceByteCount: Int
    let seal: @Sendable ([UInt8], SecretBytes, [UInt8], [UInt8]) throws(CryptoError) -> [UInt8]
    let open: @Sendable ([UInt8], SecretBytes, [UInt8], [UInt8]) throws(CryptoError) -> [UInt8]

    static let all = [
        Cipher(
            testDescription: "XChaCha20-Poly1305", nonceByteCount: XChaCha20Poly1305.nonceByteCount,
            seal: { (text, key, nonce, context) throws(CryptoError) in
                try XChaCha20Poly1305.seal(text, key: key, nonce: nonce, authenticating: context)
            },
            open: { (text, key, nonce, context) throws(CryptoError) in
                try XChaCha20Poly1305.open(text, key: key, nonce: nonce, authenticating: context)
            }),
        Cipher(
            testDescription: "AES-256-GCM", nonceByteCount: AESGCM.nonceByteCount,
            seal: { (text, key, nonce, context) throws(CryptoError) in
                try AESGCM.seal(text, key: key, nonce: nonce, authenticating: context)
            },
            open: { (text, key, nonce, context) throws(CryptoError) in
                try AESGCM.open(text, key: key, nonce: nonce, authenticating: context)
            }),
        Cipher(
            testDescription: "AES-256-GCM without instructions", nonceByteCount: AESGCM.nonceByteCount,
            seal: { (text, key, nonce, context) throws(CryptoError) in
                try PortableAESGCM.seal(text, key: key, nonce: nonce, authenticating: context)
            },
            open: { (text, key, nonce, context) throws(CryptoError) in
                try CryptoError.require("nonce", nonce, count: AESGCM.nonceByteCount)
                return try PortableAESGCM.open(text[...], key: key, nonce: nonce[...], authenticating: context)
            }),
    ]
}

@Suite struct CipherTests {
    private let random = SeededRandom(seed: 21)

    private func keyAndNonce(_ cipher: Cipher) -> (SecretBytes, [UInt8]) {
        (.random(count: 32, from: random), random.bytes(cipher.nonceByteCount))
    }

    @Test func knownAnswers() throws {
        // Of the keys that HopEncryptionTests derives.
        let plaintext = Array("Grumpy cat says no!".utf8)
        #expect(
            try XChaCha20Poly1305.seal(
                plaintext, key: secret("489bc44da3522e9acd6fb1b4c6cbf42d1d2739de64466dfafa819a9f8c21c403"),
                nonce: [UInt8](0..<24))
                == bytes("43bd01f11b8bad57f5bfa27b8099befc22decd241a149281a9ded1f14697c78bfb3c5d"))
        #expect(
            try AESGCM.seal(
                plaintext, key: secret("3bb5fc9d718d88fa673d69829e737b97b4a0e4be2915fc7ef8a5f5d0776c1e6f"),
                nonce: [UInt8](0..<12))
                == bytes("254141d0fb10f0f25e1e316f3f47bf675d49eb6c238bd3c18b86df3fc8d5687cc64c7a"))
    }

    @Test(arguments: [0, 1, 16, 1000])
    func bothFormsOfAESGCMAreOne(count: Int) throws {
        let (key, nonce) = (SecretBytes.random(count: 32, from: random), random.bytes(AESGCM.nonceByteCount))
        let plaintext = random.bytes(count)
        #expect(
            try AESGCM.seal(plaintext, key: key, nonce: nonce, authenticating: [1])
                == PortableAESGCM.seal(plaintext, key: key, nonce: nonce, authenticating: [1]))
    }

    @Test(arguments: Cipher.all, [0, 1, 15, 16, 17, 64, 1000, 100_000])
    func opensWhatItSealed(cipher: Cipher, count: Int) throws {
        let (key, nonce) = keyAndNonce(cipher)
        let plaintext = random.bytes(count)
        for context in [[], [1, 2, 3]] as [[UInt8]] {
            let sealed = try cipher.seal(plaintext, key, nonce, context)
            #expect(sealed.count == count + 16)
            #expect(try cipher.open(sealed, key, nonce, context) == plaintext)
        }
    }

    @Test(arguments: Cipher.all)
    func everyBitCounts(cipher: Cipher) throws {
        let (key, nonce) = keyAndNonce(cipher)
        let context: [UInt8] = [7, 8, 9]
        let sealed = try cipher.seal([1, 2, 3, 4, 5], key, nonce, context)
        let failed = CryptoError(.failed, "")
        for sealed in flips(of: sealed) {
            #expect(throws: failed) { try cipher.open(sealed, key, nonce, context) }
        }
        for nonce in flips(of: nonce) { #expect(throws: failed) { try cipher.open(sealed, key, nonce, context) } }
        for context in flips(of: context) { #expect(throws: failed) { try cipher.open(sealed, key, nonce, context) } }
        for key in flips(of: key.revealed) {
            #expect(throws: failed) { try cipher.open(sealed, SecretBytes(key), nonce, context) }
        }
        #expect(throws: failed) { try cipher.open(sealed, key, nonce, []) }
        #expect(throws: failed) { try cipher.open(sealed + [0], key, nonce, context) }
        #expect(throws: failed) { try cipher.open(sealed.dropLast(), key, nonce, context) }
    }

    @Test(arguments: Cipher.all)
    func ciphertextsShorterThanTheTagAreRefused(cipher: Cipher) {
        let (key, nonce) = keyAndNonce(cipher)
        for count in 0..<16 {
            #expect(throws: CryptoError(.tooShort, "")) { try cipher.open(random.bytes(count), key, nonce, []) }
        }
    }

    @Test(arguments: Cipher.all, [0, 11, 13, 16, 23, 25, 31, 33])
    func keysAndNoncesOfOtherLengthsAreRefused(cipher: Cipher, count: Int) {
        let (key, nonce) = keyAndNonce(cipher)
        let refused = CryptoError(.invalidArgument, "")
        let (otherKey, otherNonce) = (SecretBytes(random.bytes(count)), random.bytes(count))
        let sealed = [UInt8](repeating: 0, count: 40)
        #expect(throws: refused) { try cipher.seal([1], otherKey, nonce, []) }
        #expect(throws: refused) { try cipher.seal([1], key, otherNonce, []) }
        #expect(throws: refused) { try cipher.open(sealed, otherKey, nonce, []) }
        #expect(throws: refused) { try cipher.open(sealed, key, otherNonce, []) }
    }
}
