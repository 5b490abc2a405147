import SessionInterfaces
import SessionNameService
import Testing

@Suite struct NameAnswerTests {
    private func answer(_ body: String) throws(NameError) -> NameAnswer {
        try NameAnswer(decoding: Array(body.utf8))
    }

    @Test(arguments: [
        #"{"result":{},"t":1760000000000,"hf":[21,3]}"#, #"{"result":{"encrypted_value":null,"nonce":null}}"#,
        #"{"result":{"other":1}}"#,
    ])
    func notRegistered(body: String) throws {
        #expect(try answer(body) == .notRegistered)
    }

    @Test func found() throws {
        let body =
            #"{"result":{"encrypted_value":"\#(KnownRecords.value.uppercased())","nonce":"\#(KnownRecords.nonce)"}}"#
        guard case .record(let record) = try answer(body) else {
            Issue.record("no record")
            return
        }
        #expect(Hex.encode(record.encryptedValue) == KnownRecords.value)
        #expect(Hex.encode(record.nonce) == KnownRecords.nonce)
    }

    @Test func legacy() throws {
        guard case .record(let record) = try answer(#"{"result":{"encrypted_value":"\#(KnownRecords.legacyValue)"}}"#)
        else {
            Issue.record("no record")
            return
        }
        #expect(record.isLegacy)
    }

    static let value = KnownRecords.value
    static let malformed: [String] = [
        "", "null", "[]", "{}", "7", "\u{0}", #"{"result":null}"#, #"{"result":[]}"#, #"{"result":"x"}"#,
        #"{"error":{"code":-1}}"#, #"{"result":{"encrypted_value":7}}"#, #"{"result":{"encrypted_value":""}}"#,
        #"{"result":{"encrypted_value":"zz"}}"#, #"{"result":{"encrypted_value":"\#(value)0"}}"#,
        #"{"result":{"encrypted_value":"\#(value)00"}}"#, #"{"result":{"nonce":"\#(KnownRecords.nonce)"}}"#,
        #"{"result":{"encrypted_value":"\#(value)","nonce":""}}"#,
        #"{"result":{"encrypted_value":"\#(value)","nonce":"00"}}"#,
        #"{"result":{"encrypted_value":"\#(value)","nonce":"\#(KnownRecords.nonce)aa"}}"#,
        #"{"result":{"encrypted_value":"\#(value)","nonce":"zz"}}"#,
        #"{"result":{"encrypted_value":"\#(value)","nonce":1e400}}"#,
        #"{"result":{"encrypted_value":"# + String(repeating: "[", count: 100_000),
        #"{"result":{"encrypted_value":""# + String(repeating: "ab", count: 500_000) + #""}}"#,
    ]

    @Test(arguments: malformed.indices)
    func survivesAnything(index: Int) {
        #expect(throws: NameError(.invalidRecord, "")) { try answer(Self.malformed[index]) }
    }
}
