import SessionInterfaces
import SessionNameService
import Testing

@Suite struct LedgerRuleTests {
    @Test(arguments: MappingType.allCases)
    func pricesOnlyFall(type: MappingType) {
        let prices = (0...25).map { type.price(atHardFork: $0) }
        #expect(prices.firstIndex { $0 != nil } == type.firstHardFork)
        let known = prices.compactMap { $0 }
        #expect(known == known.sorted(by: >))
        #expect(type.price(atHardFork: .max) == known.last)
        #expect(type.price(atHardFork: .min) == nil)
    }

    @Test(arguments: MappingType.allCases, OxenNetwork.allCases)
    func onlyLokinetExpires(type: MappingType, network: OxenNetwork) {
        #expect((type.lifetime(on: network) != nil) == (type.nameType == .lokinet))
        #expect(MappingType(rpcName: type.rpcName.uppercased()) == type)
    }

    @Test(arguments: [
        ("session", MappingType.session), ("lokinet_1y", .lokinet1Year), ("lokinet_2y", .lokinet2Years),
        ("LOKINET_5Y", .lokinet5Years), ("lokinet_10years", .lokinet10Years), ("lokinet_3y", nil), ("", nil),
    ])
    func typesOfWallets(name: String, type: MappingType?) {
        #expect(MappingType(rpcName: name) == type)
    }

    @Test(
        arguments: [
            (0, "0"), (1, "0.000000001"), (7_000_000_000, "7"), (7_250_000_000, "7.25"),
            (.max, "18446744073.709551615"),
        ] as [(UInt64, String)])
    func amounts(units: UInt64, text: String) {
        #expect(OxenAmount(units: units).description == text)
        #expect(OxenAmount(units: units) + OxenAmount(units: .max) == OxenAmount(units: .max))
    }

    static let reasons: [(String, NameType, String)] = [
        ("", .lokinet, "empty"), ("alice", .lokinet, ".loki"), (".loki", .lokinet, "before"),
        ("a_b.loki", .lokinet, "letters"),
        ("loki.loki", .lokinet, "reserved"), ("ab--c.loki", .lokinet, "reserved"), ("a-.loki", .lokinet, "hyphen"),
        (String(repeating: "a", count: 33) + ".loki", .lokinet, "32"),
        (String(repeating: "a-", count: 32) + ".loki", .lokinet, "63"), ("a.b", .wallet, "letters"),
        (String(repeating: "a", count: 65), .wallet, "64"), ("-", .session, "hyphen"),
    ]

    @Test(arguments: reasons.indices)
    func refusalsNameTheRule(index: Int) {
        let (text, type, word) = Self.reasons[index]
        let error = #expect(throws: NameError.self) { try LedgerName(text, type: type) }
        #expect(error?.code == .invalidName)
        #expect(error?.message.contains(word) == true, "\(error?.message ?? "")")
    }

    @Test func lokinetNamesOfOtherScripts() throws {
        #expect(try LedgerName("München.loki", type: .lokinet).text == "xn--mnchen-3ya.loki")
    }

    @Test(arguments: [
        "", "kosgNmlD4q/RHrwOri5TqTvxd6T881vMZNUDcE5l4g==", "928b", String(repeating: "z", count: 64),
        String(repeating: "a", count: 32),
    ])
    func hashesAreRead(text: String) { #expect(LedgerName.hash(reading: text) == nil) }
}

@Suite struct NameWarningTests {
    @Test(arguments: ["alice", "a_b-c", "", "a b", "alice.loki"])
    func plainNamesGetNone(typed: String) { #expect(NameWarning.all(for: typed).isEmpty) }

    @Test func otherLetters() {
        #expect(
            NameWarning.all(for: "MÜNCHEN") == [.internationalised(ascii: "xn--mnchen-3ya", unicode: "münchen")])
        #expect(
            NameWarning.all(for: "xn--mnchen-3ya") == [.internationalised(ascii: "xn--mnchen-3ya", unicode: "münchen")])
        #expect(NameWarning.all(for: "日本のabc").count == 1)
    }

    /// Cyrillic in place of Latin, in part and in whole.
    @Test(arguments: [("аlice", ["Cyrillic", "Latin"]), ("οxen", ["Greek", "Latin"])])
    func mixtures(typed: String, scripts: [String]) {
        let warnings = NameWarning.all(for: typed)
        #expect(warnings.contains(.mixedScripts(scripts)))
        #expect(warnings.contains(.looksLike(typed == "аlice" ? "alice" : "oxen")))
    }

    @Test func wholeLookalikes() {
        let warnings = NameWarning.all(for: "соре")
        #expect(warnings.contains(.looksLike("cope")))
        #expect(!warnings.contains { if case .mixedScripts = $0 { true } else { false } })
    }

    @Test(arguments: ["xn--", "xn--a", "xn--zzzzzzzzzzz", "xn--99999999"])
    func brokenPunycode(typed: String) {
        #expect(NameWarning.all(for: typed) == [.brokenPunycode])
    }
}
