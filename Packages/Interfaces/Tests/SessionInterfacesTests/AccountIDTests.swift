import SessionInterfaces
import Testing

@Suite struct AccountIDTests {
    static let text = "05d2ad010eeb72d72e561d9de7bd7b6989af77dcabffa03a5111a6c859ae5c3a72"

    @Test func readsBothCasesAndWritesLower() throws {
        let account = try AccountID(Self.text.uppercased())
        #expect(account.hex == Self.text)
        #expect(account.prefix == .standard)
        #expect(try AccountID(bytes: account.bytes) == account)
    }

    static let wrong: [(String, AccountIDError.Code)] = [
        ("", .empty),
        (String(text.dropLast()), .wrongLength),
        ("\(text)0", .wrongLength),
        ("04\(text.dropFirst(2))", .wrongPrefix),
        ("\(text.dropLast())g", .notHexadecimal),
        ("\(text.dropLast(2))é", .notHexadecimal),
    ]

    @Test(arguments: wrong)
    func refuses(text: String, code: AccountIDError.Code) {
        #expect(throws: AccountIDError(code)) { try AccountID(text) }
    }

    @Test(arguments: AccountID.Prefix.allCases)
    func everyPrefixSurvives(prefix: AccountID.Prefix) throws {
        let account = AccountID(prefix: prefix, key: Bytes32())
        #expect(try AccountID(account.hex) == account)
    }

    @Test func ordersByBytes() throws {
        let low = try AccountID("05" + String(repeating: "0", count: 63) + "1")
        let high = try AccountID("05" + String(repeating: "0", count: 62) + "10")
        #expect(low < high)
    }
}
