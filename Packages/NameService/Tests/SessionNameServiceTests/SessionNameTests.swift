import SessionInterfaces
import SessionNameService
import Testing

@Suite struct SessionNameTests {
    @Test(arguments: [
        ("test", "test", "kosgNmlD4q/RHrwOri5TqTvxd6T881vMZNUDcE5l4gI="),
        ("jagerman", "jagerman", "yB7mbm2q1MaczqNZCYguH+71z5jooEMeXA0sncfni+g="),
        ("a", "a", "iSiq5jyE2H6gmFZNHgOtgT8Qet1HTlau3ShjScDAPqQ="),
        ("SessionFan", "sessionfan", "MFvV4GTv1vJrx12Jjbhm/+AUPRHyHMgWU6TEvaibWIg="),
        ("  SessionFan\n", "sessionfan", "MFvV4GTv1vJrx12Jjbhm/+AUPRHyHMgWU6TEvaibWIg="),
        ("München", "xn--mnchen-3ya", "qI7WG1PjnguNwJ0OXiNtRNMMRMkfjrIz98VfPk/vagI="),
        ("MÜNCHEN", "xn--mnchen-3ya", "qI7WG1PjnguNwJ0OXiNtRNMMRMkfjrIz98VfPk/vagI="),
        // The same letter composed of two code points.
        ("Mu\u{308}nchen", "xn--mnchen-3ya", "qI7WG1PjnguNwJ0OXiNtRNMMRMkfjrIz98VfPk/vagI="),
        ("XN--MNCHEN-3YA", "xn--mnchen-3ya", "qI7WG1PjnguNwJ0OXiNtRNMMRMkfjrIz98VfPk/vagI="),
    ])
    func normalises(typed: String, text: String, hash: String) throws {
        let name = try SessionName(typed)
        #expect(name.text == text)
        #expect(name.base64Hash == hash)
        #expect(Base64.encode(name.hash.bytes) == hash)
    }

    /// The sharp s stays itself, as non-transitional processing has it.
    @Test(arguments: [("straße", "xn--strae-oqa"), ("日本", "xn--wgv71a"), ("ａｂｃ１", "abc1"), ("ü_x", "xn--_x-wka")])
    func otherScripts(typed: String, text: String) throws {
        #expect(try SessionName(typed).text == text)
    }

    static let registrable = [
        "Hello", "1Hello", "1Hello1", "_Hello1", "1Hello_", "_Hello_", "999", "xn--tda", "xn--Mnchen-Ost-9db", "a", "_",
        "a-b", "a--b", "ALICE_99", String(repeating: "a", count: 64),
    ]

    @Test(arguments: registrable)
    func accepts(name: String) throws {
        #expect(SessionName.isRegistrable(name))
        #expect(try SessionName(name).text == name.lowercased())
    }

    static let refused = [
        "-", "@", "'Hello", "@Hello", "[Hello", "]Hello", "Hello World", "Hello\\ World", "\"hello\"", "hello\"",
        "\"hello",
        "", "a-", "-a", String(repeating: "a", count: 65), "a.b", "a\u{0}", "a/b",
    ]

    @Test(arguments: refused)
    func refuses(name: String) {
        #expect(!SessionName.isRegistrable(name))
        #expect(throws: NameError(.invalidName, "")) { try SessionName(name) }
    }

    /// What becomes a name only by conversion cannot be registered as it stands.
    @Test(arguments: ["Hello ", " Hello", " Hello ", "münchen"])
    func convertedNames(name: String) {
        #expect(!SessionName.isRegistrable(name))
        #expect(throws: Never.self) { try SessionName(name) }
    }

    @Test(arguments: [
        " ", "\n\t", "ü\u{0}evil", "ü.x", "ü。x", "ü x", "ü@", "🧅\u{fe0f}\u{200d}", "\u{301}", "a\u{202e}b", "-ü", "ü-",
        String(repeating: "ü", count: 64), String(repeating: "ü", count: 100_000),
        "ß" + String(repeating: "a", count: 60),
    ])
    func refusesInOtherScripts(name: String) {
        #expect(throws: NameError(.invalidName, "")) { try SessionName(name) }
    }
}
