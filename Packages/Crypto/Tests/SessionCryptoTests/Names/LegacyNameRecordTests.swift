import SessionCrypto
import SessionInterfaces
import Testing

@Suite struct LegacyNameRecordTests {
    private let record = bytes(
        "dbd4bc89bd2c9e5322fd9f4cadcaa66a0c38f15d0c927a86cc36e895fe1f3c532a3958d972563f52ca858e94eec22dc360")

    @Test func knownAnswer() throws {
        let value = try NameRecordCipher.openLegacy(record, name: "test")
        #expect(Hex.encode(value) == "05d2ad010eeb72d72e561d9de7bd7b6989af77dcabffa03a5111a6c859ae5c3a72")
    }

    @Test func otherNamesAndBytesDoNotOpen() {
        #expect(throws: CryptoError(.failed, "")) { try NameRecordCipher.openLegacy(record, name: "other") }
        var changed = record
        changed[40] ^= 1
        #expect(throws: CryptoError(.failed, "")) { try NameRecordCipher.openLegacy(changed, name: "test") }
    }

    /// Before the key is made, which is expensive.
    @Test func shortRecordsAreRefused() {
        for count in 0..<NameRecordCipher.overhead {
            #expect(throws: CryptoError(.tooShort, "")) {
                try NameRecordCipher.openLegacy([UInt8](repeating: 0, count: count), name: "test")
            }
        }
    }
}
