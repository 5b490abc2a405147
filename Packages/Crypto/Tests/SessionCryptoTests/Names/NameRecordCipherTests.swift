import SessionCrypto
import SessionInterfaces
import Testing

@Suite struct NameRecordCipherTests {
    private let value = bytes("05fb466d312e1666ad1c84c4ee55b7e034151c0e366a313d95d11436a5f36e1e75")
    private let nonce = bytes("73e8243f3fadd471be36c6df3d62f863f9bb3a9d1cc696c0")
    private let encrypted = bytes(
        "d9bca6752665f2254ec7522f98aa5f2dfb13c9fa1ad1e39cd3d7a89a0df04719e348da537bc310a53e3b59ca24639b9b42")

    @Test func knownAnswers() throws {
        #expect(
            Base64.encode(NameRecordCipher.nameHash("blocks.loki").bytes)
                == "IeynFEjyxigd0Lcmo5FWYaGp/uVXsa5grK8Jml0ai3o=")
        #expect(
            NameRecordCipher.nameHash("").hex == "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8")
        #expect(try NameRecordCipher.open(encrypted, nonce: nonce, name: "jagerman") == value)
        #expect(try NameRecordCipher.seal(value, name: "jagerman", nonce: nonce) == encrypted)
        #expect(encrypted.count == value.count + NameRecordCipher.overhead)
    }

    @Test func everyBitAndTheNameCount() {
        let failed = CryptoError(.failed, "")
        for encrypted in flips(of: encrypted) {
            #expect(throws: failed) { try NameRecordCipher.open(encrypted, nonce: nonce, name: "jagerman") }
        }
        for nonce in flips(of: nonce) {
            #expect(throws: failed) { try NameRecordCipher.open(encrypted, nonce: nonce, name: "jagerman") }
        }
        for name in ["", "Jagerman", "jagerman ", "jägerman"] {
            #expect(throws: failed) { try NameRecordCipher.open(encrypted, nonce: nonce, name: name) }
        }
    }

    @Test func otherLengthsAreRefused() {
        for count in [0, 12, 23, 25] {
            let nonce = [UInt8](repeating: 0, count: count)
            #expect(throws: CryptoError(.invalidArgument, "")) {
                try NameRecordCipher.open(encrypted, nonce: nonce, name: "jagerman")
            }
            #expect(throws: CryptoError(.invalidArgument, "")) {
                try NameRecordCipher.seal(value, name: "jagerman", nonce: nonce)
            }
        }
        for count in 0..<NameRecordCipher.overhead {
            #expect(throws: CryptoError(.tooShort, "")) {
                try NameRecordCipher.open(Array(encrypted.prefix(count)), nonce: nonce, name: "jagerman")
            }
        }
    }
}
