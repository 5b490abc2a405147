import SessionCrypto
import SessionInterfaces
import Testing

@Suite struct Argon2idTests {
    @Test func passphraseSaltAndCostMakeTheKey() throws {
        let cost = Argon2id.Cost(passes: 2, memory: 64 << 10)
        func key(_ text: String, _ salt: String, _ cost: Argon2id.Cost) throws -> [UInt8] {
            try Argon2id.key(from: SecretText(text), salt: Array(salt.utf8), cost: cost).withUnsafeBytes { Array($0) }
        }
        let one = try key("password", "somesaltsomesalt", cost)
        #expect(try key("password", "somesaltsomesalt", cost) == one)
        #expect(try key("passwore", "somesaltsomesalt", cost) != one)
        #expect(try key("password", "somesaltsomesalu", cost) != one)
        #expect(try key("password", "somesaltsomesalt", .init(passes: 3, memory: 64 << 10)) != one)
        #expect(try key("", "somesaltsomesalt", cost).count == 32)
    }

    @Test(arguments: [(15, 8192, 1, 32), (16, 8191, 1, 32), (16, 8192, 0, 32), (16, 8192, 1, 15), (16, 8192, 1, 65)])
    func impossibleArgumentsAreRefused(salt: Int, memory: Int, passes: UInt32, count: Int) {
        #expect(throws: CryptoError(.invalidArgument, "")) {
            try Argon2id.key(
                from: SecretText("a"), salt: [UInt8](repeating: 0, count: salt),
                cost: .init(passes: passes, memory: memory), count: count)
        }
    }

    @Test func aSecretKeyHashesAsAnyOther() {
        let (key, personal) = ([UInt8](repeating: 7, count: 32), Array("purpose-purpose-".utf8))
        let expected = BLAKE2b.hash([1, 2, 3], size: 16, key: key, personal: personal)
        #expect(
            BLAKE2b.hash([0, 1, 2, 3].dropFirst(), size: 16, secretKey: SecretBytes(key), personal: personal)
                == expected)
        let derived = BLAKE2b.derive([1, 2, 3], size: 16, from: SecretBytes(key), personal: personal)
        #expect(derived.isEqual(to: SecretBytes(expected)))
    }
}
