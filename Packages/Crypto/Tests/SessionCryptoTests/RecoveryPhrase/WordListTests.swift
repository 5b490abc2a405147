import Testing

@testable import SessionCrypto

@Suite struct WordListTests {
    @Test func everyWordIsFoundByItsPrefix() {
        let list = WordList.english
        #expect(list.words.count == WordList.count)
        for (index, word) in list.words.enumerated() {
            #expect(list.index(of: word) == index)
            #expect(list.index(of: word.uppercased() + "xyz") == index)
            #expect(list.index(of: String(word.prefix(list.prefixLength))) == index)
            #expect(list.index(of: String(word.prefix(list.prefixLength - 1))) == nil)
        }
    }

    /// Sixty-four bytes that other implementations encode alike: pins the words and their order.
    @Test func orderIsTheOneOfOtherImplementations() throws {
        let entropy = secret(
            "0dd5d9bc3d68c25a396f4aacd922a4d620a19cf3c9054cb825dd8a2c5420f4f3"
                + "ca314c582ffef5388df36e2546cc9103dd1776a634f676e1e631289b8d280b2e")
        #expect(
            try RecoveryPhrase.encode(entropy, withChecksum: false).revealed() == """
                threaten efficient wives skirting repent ashtray rural ammo reunion yoyo already tucks attire waxing \
                uphill template ghetto anxiety utensils newt safety paper quote pebbles album gnaw puppy tidy foxes \
                menu evenings spying wallets plotting fuselage geometry toilet cylinder swagger eels when tether cowl \
                saga gossip vats bias federal
                """)
    }

    /// A list of another language, as far as rules differ: accents, longer prefixes, capitals.
    @Test func accentsAndCaseDoNotMatter() throws {
        let words = (0..<WordList.count).map { "Mö\(Character(UnicodeScalar(0x4e00 + $0)!))gen" }
        let list = WordList(name: "Test", nativeName: "Test", prefixLength: 3, text: words.joined(separator: "\n"))
        #expect(list.index(of: "mo\u{308}\u{4e05}gen") == 5)
        #expect(list.index(of: "MÖ\u{4e05}") == 5)
        #expect(list.index(of: "mo\u{4e05}gen") == nil)
        let entropy = secret("000102030405060708090a0b0c0d0e0f")
        let phrase = try RecoveryPhrase.encode(entropy, in: list)
        #expect(try RecoveryPhrase.decode(phrase.revealed().uppercased(), in: list).isEqual(to: entropy))
    }

    @Test func checksumIsTheUsualCRC() {
        var crc = CRC32()
        crc.update(Array("123456789".utf8))
        #expect(crc.value == 0xcbf4_3926)
        #expect(CRC32().value == 0)
    }
}
