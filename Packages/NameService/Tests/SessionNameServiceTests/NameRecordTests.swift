import SessionCrypto
import SessionInterfaces
import SessionNameService
import Testing

@Suite struct NameRecordTests {
    static let known: [(name: String, value: String, nonce: String, account: String)] = [
        ("test", KnownRecords.value, KnownRecords.nonce, KnownRecords.account),
        (
            "jagerman",
            "d9bca6752665f2254ec7522f98aa5f2dfb13c9fa1ad1e39cd3d7a89a0df04719e348da537bc310a53e3b59ca24639b9b42",
            "73e8243f3fadd471be36c6df3d62f863f9bb3a9d1cc696c0",
            "05fb466d312e1666ad1c84c4ee55b7e034151c0e366a313d95d11436a5f36e1e75"
        ),
        (
            "a1961312",
            "f1a69e1341dd4c66dd96a779f65404eb01942347d2644188f1bead2e0f70bfeb993c547f6cd21be0e7c542b17efeff3945",
            "4bdc8952b803cb38bd02e90ff83613c5d5bf6f04c7ec7ab4",
            "05bf5a7a653344b7ae9849cdeff7f68ec1b4cfc313e279620ea143ef36569a7301"
        ),
        (
            "fox47429",
            "2a6b00d60770c23cd2f2a6090bd3652776aa70dca84cc100b8440cf694663cadcedc5964bc32b990bdcd1819c37f648bfa",
            "ed938b37f5b67f56ba3ca840ac7d7b8688655455eaf9c2e8",
            "05f5de3e727556cc9ce553e43a6888792d629e601113659f07de044a6901441c7d"
        ),
        (
            "a122164-x",
            "da543adcad9dbfb88727e43df9ae77266567be24db11be9a9cb45abdd307856987980774338413d09979980af98f0e6a2a",
            "b5c0bd62fbd3c445cda7d3b4474a21088b936a293f5b6e9d",
            "056558d524965e5ffc68a44cbce7165b381db10e9017f729426679f43185eb190c"
        ),
        (
            "user344236_y",
            "92e458bb2ba138eb48583db5b29bbe85bde67e1ab1f082f4d8b5ed3b8a2ac63e27e0b0761c499d04f77342457b8d64b7b0",
            "2ba65e86417e79624c4762ea3937aaf929fafcb4e19aaaba",
            "05d55829cbb4cae2d5a84530201a2ed026858dfd3d68feaa957bf542e1aea43518"
        ),
    ]

    private func record(_ value: String, _ nonce: String) throws -> NameRecord {
        try NameRecord(
            encryptedValue: try #require(Hex.decode(value)), nonce: try #require(Hex.decode(nonce)))
    }

    @Test(arguments: known)
    func opens(name: String, value: String, nonce: String, account: String) throws {
        #expect(try record(value, nonce).open(for: try SessionName(name)).hex == account)
    }

    @Test(arguments: known)
    func anotherNameDoesNotOpen(name: String, value: String, nonce: String, account: String) throws {
        let record = try record(value, nonce)
        #expect(throws: NameError(.invalidRecord, "")) { try record.open(for: try SessionName(name + "z")) }
    }

    @Test(arguments: 0..<49)
    func damageIsNoticed(position: Int) throws {
        var value = try #require(Hex.decode(KnownRecords.value))
        value[position] ^= 1
        let record = try NameRecord(encryptedValue: value, nonce: try #require(Hex.decode(KnownRecords.nonce)))
        #expect(throws: NameError(.invalidRecord, "")) { try record.open(for: try SessionName("test")) }
    }

    @Test(arguments: [(48, 24), (50, 24), (0, 24), (49, 23), (49, 25), (49, 1), (15, 0)])
    func lengthsAreChecked(value: Int, nonce: Int) {
        #expect(throws: NameError(.invalidRecord, "")) {
            try NameRecord(
                encryptedValue: [UInt8](repeating: 0, count: value), nonce: [UInt8](repeating: 0, count: nonce))
        }
    }

    @Test func sealsForTheLedger() throws {
        let name = try SessionName("alice")
        let account = try AccountID(KnownRecords.account)
        let first = try NameRecord.seal(account, for: name, random: SeededRandom(seed: 1))
        let second = try NameRecord.seal(account, for: name, random: SeededRandom(seed: 2))
        #expect(first != second)
        #expect(first.encryptedValue.count == NameRecord.encryptedByteCount)
        #expect(first.nonce == SeededRandom(seed: 1).bytes(24))
        #expect(try first.open(for: name) == account)
        #expect(try second.open(for: name) == account)
    }

    @Test func onlyAccountsAreNamed() throws {
        let name = try SessionName("alice")
        let group = AccountID(prefix: .group, key: Bytes32())
        #expect(throws: NameError(.invalidRecord, "")) {
            try NameRecord.seal(group, for: name, random: SeededRandom(seed: 1))
        }
        let nonce = [UInt8](repeating: 7, count: 24)
        let forged = try NameRecord(
            encryptedValue: try NameRecordCipher.seal(group.bytes, name: name.text, nonce: nonce), nonce: nonce)
        #expect(throws: NameError(.invalidRecord, "")) { try forged.open(for: name) }
    }

    @Test func legacyFormIsNamed() throws {
        let record = try record(KnownRecords.legacyValue, "")
        #expect(record.isLegacy)
        let error = #expect(throws: NameError.self) { try record.open(for: try SessionName("test")) }
        #expect(error?.code == .invalidRecord)
        #expect(error?.message.contains("legacy form") == true)
    }
}
