import SessionCrypto
import Testing

@Suite struct ConstantTimeTests {
    @Test func equalOnlyToTheSameBytes() {
        let bytes: [UInt8] = [0, 1, 127, 128, 255]
        #expect(ConstantTime.equal([], []))
        #expect(ConstantTime.equal(bytes, bytes))
        #expect(!ConstantTime.equal(bytes, []))
        #expect(!ConstantTime.equal(bytes, bytes + [0]))
        #expect(!ConstantTime.equal(bytes + [0], bytes))
        for other in flips(of: bytes) { #expect(!ConstantTime.equal(bytes, other)) }
    }
}
