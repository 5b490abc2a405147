import SessionInterfaces
import Testing

@Suite struct StoreChecksumTests {
    /// Known answers of XXH64.
    @Test(
        arguments: [
            ("", 0, 0xef46_db37_51d8_e999), ("a", 0, 0xd24e_c4f1_a98c_6e5b), ("abc", 0, 0x44bc_2cf5_ad77_0999),
            ("Nobody inspects the spammish repetition", 0, 0xfbce_a83c_8a37_8bf1),
            ("xxhash", 20_141_025, 0xb559_b98d_844e_0635),
        ] as [(String, UInt64, UInt64)])
    func isXXH64(text: String, seed: UInt64, expected: UInt64) {
        #expect(Array(text.utf8).withUnsafeBytes { StoreChecksum.of($0, seed: seed) } == expected)
    }

    @Test func keyAndValueAreToldApart() {
        func checksum(_ key: [UInt8], _ value: [UInt8]) -> UInt64 {
            key.withUnsafeBytes { key in value.withUnsafeBytes { StoreChecksum.of(key: key, value: $0) } }
        }
        #expect(checksum([1, 2], [3]) != checksum([1], [2, 3]))
        #expect(checksum([1], []) != checksum([], [1]))
    }
}
