import SessionInterfaces
import SessionSwarm
import Testing

@testable import SessionDevnet

@Suite struct PartsTests {
    @Test func addressesOfOldAreInTheirAlphabet() throws {
        let key = try #require(Hex.decode("4c73b768b90e83d9ac1a9274f93584ca7cb2f77eb23e100028c2f7265946e3f3"))
        #expect(Base32z.encode(key) == "jt35q4f3b4b7umy41j4x1pcr3j6mf756se9byybeam51cskghx3o")
        #expect(Base32z.encode([]) == "")
    }

    @Test(arguments: [1, 2, 3, 7, 256]) func swarmsLieAtEqualDistances(count: Int) {
        let identifiers = SwarmRing.identifiers(count).map(\.rawValue)
        #expect(identifiers.count == count)
        #expect(identifiers.allSatisfy { $0 != SwarmID.unassigned.rawValue })
        let gaps = zip(identifiers, identifiers.dropFirst()).map { $1 - $0 }
        #expect(Set(gaps).count <= 1)
    }

    @Test(arguments: [
        "null", "true", "-9223372036854775808", "9223372036854775807", "18446744073709551615", "1.5", #""a/\"b""#,
        "[]", "{}", #"{"a":[1,{"b":null}],"c":"ü"}"#,
    ])
    func jsonKeepsWhatItReads(text: String) throws {
        let value = try #require(JSONValue(decoding: Array(text.utf8)))
        #expect(String(decoding: value.encoded(), as: UTF8.self) == text)
    }

    @Test func aHashIsThatOfARealServer() throws {
        let account = try #require(
            AccountKey(hex: "057606bf31c585935677a7bf1fd3c72146c85e50ec6ae7e3cb2256d3673f1dad44"))
        #expect(
            account.messageHash(.messages, Array("first message".utf8)).text
                == "jqYHqlmY+WHqLKN0vgY04oT9aEuzrFJ324zULRWUke4")
    }
}
