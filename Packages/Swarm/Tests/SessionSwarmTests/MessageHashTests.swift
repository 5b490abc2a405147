import SessionInterfaces
import SessionSwarm
import Testing

@Suite struct MessageHashTests {
    static let user = "05ffba630924aa1224bb930dde21c0d11bf004608f2812217f8ac812d6c7e3ad48"
    static let group = "03d3511706b8b34f6e8411bf07bd22ba6b2435ca56846fbccf6eb1e166a6cd15cc"

    @Test(
        arguments: [
            (user, 0, "hello", "tse7cPdGXVWduXXcEKR/FS0RYFBYv/dQ0HmjzQMyqQo"),
            (user, 2, "hello", "igEDLvcHR/3A8zHvuiLwzJOFXmhFe5SY5Z+GFWbqJtw"),
            (user, 14, "hello", "/N13O2n45MRGkpdF0WlprtHjHQZWgkAEIrY/6HSKfqw"),
            (user, -10, "hello", "d48BWNFAd57PyvUMrGK2bqjeTNLkHhnUPWHo6MZOBZQ"),
            (user, -11, "hello", "XbFO8t9j+KjAiAf2gz7uwsdT2L3EcHpWXjOM7xj8aCY"),
            (user, 0, "", "UvJ6gJRgb7TLkubOY0/TWSIOUUKsWdQozcN3o9BUUYY"),
            (group, 0, "hello", "c9PHJfhlDJXKRICX+puowfcgn1IqUMMhl7rzx/Waivk"),
            (group, 11, "hello", "J7MfCQmRraOm1Fy82sUq7RTVk4eH/9Kc05sOxkFS/A8"),
            (group, -11, "hello", "eQUQPARbEIkDOHr1TigxhX9gBjkfeT2v7Nnf0Hjivnc"),
        ] as [(String, Int16, String, String)])
    func hashes(account: String, namespace: Int16, data: String, hash: String) throws {
        let computed = MessageHash.of(
            account: try AccountID(account), namespace: Namespace(rawValue: namespace), data: Array(data.utf8))
        #expect(computed.text == hash)
    }

    @Test func largestMessage() throws {
        let data = [UInt8](repeating: 0x61, count: StorageItem.maximumSize)
        let hash = MessageHash.of(account: try AccountID(Self.user), namespace: .messages, data: data)
        #expect(hash.text == "6jqExR4b7T3nQv2npDvw3jt1KASdX2lvQngbh/t1sig")
    }
}
