import SessionCrypto
import SessionInterfaces
import Testing

@Suite struct AESCBCTests {
    private let random = SeededRandom(seed: 22)
    private let key = secret("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4")
    private let iv = [UInt8](0..<16)

    /// NIST SP 800-38A, F.2.5.
    @Test func knownAnswer() throws {
        let plaintext = bytes("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51")
        let ciphertext = bytes("f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d")
        #expect(try AESCBC.encrypt(plaintext, key: key, iv: iv, padding: .none) == ciphertext)
        #expect(try AESCBC.decrypt(ciphertext, key: key, iv: iv, padding: .none) == plaintext)
        #expect(try AESCBC.encrypt(plaintext, key: key, iv: iv).prefix(32) == ciphertext[...])
    }

    @Test(arguments: AESCBC.Padding.allCases, [0, 1, 15, 16, 17, 32, 1000, 4096])
    func decryptsWhatItEncrypted(padding: AESCBC.Padding, count: Int) throws {
        let plaintext = random.bytes(count)
        guard padding == .pkcs7 || count.isMultiple(of: 16) else {
            #expect(throws: CryptoError(.invalidArgument, "")) {
                try AESCBC.encrypt(plaintext, key: key, iv: iv, padding: padding)
            }
            return
        }
        let ciphertext = try AESCBC.encrypt(plaintext, key: key, iv: iv, padding: padding)
        #expect(ciphertext.count == (padding == .none ? count : count / 16 * 16 + 16))
        #expect(try AESCBC.decrypt(ciphertext, key: key, iv: iv, padding: padding) == plaintext)
    }

    @Test func whatIsNotWholeBlocksIsRefused() throws {
        for count in [0, 1, 15, 17, 31] {
            #expect(throws: CryptoError(.failed, "")) {
                try AESCBC.decrypt(random.bytes(count), key: key, iv: iv)
            }
        }
    }

    @Test func wrongPaddingIsRefused() throws {
        // The last byte of a plaintext counts the padding: 0 and 17 never do.
        for last in [0, 17, 255] as [UInt8] {
            let block = [UInt8](repeating: 1, count: 15) + [last]
            let ciphertext = try AESCBC.encrypt(block, key: key, iv: iv, padding: .none)
            #expect(throws: CryptoError(.failed, "")) { try AESCBC.decrypt(ciphertext, key: key, iv: iv) }
        }
    }

    @Test(arguments: [0, 15, 17, 31, 33])
    func otherLengthsOfKeyAndVectorAreRefused(count: Int) {
        let refused = CryptoError(.invalidArgument, "")
        let other = random.bytes(count)
        #expect(throws: refused) { try AESCBC.encrypt([1], key: SecretBytes(other), iv: iv) }
        #expect(throws: refused) { try AESCBC.encrypt([1], key: key, iv: other) }
        #expect(throws: refused) { try AESCBC.decrypt(iv, key: SecretBytes(other), iv: iv) }
        #expect(throws: refused) { try AESCBC.decrypt(iv, key: key, iv: other) }
    }
}
