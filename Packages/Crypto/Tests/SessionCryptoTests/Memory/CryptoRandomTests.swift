import SessionCrypto
import SessionInterfaces
import Testing

@Suite struct CryptoRandomTests {
    @Test(arguments: [0, 1, 16, 4096])
    func fillsEveryByte(count: Int) {
        // A byte that stays zero in sixteen draws would be left out, not unlucky (1 in 2^128).
        var union = [UInt8](repeating: 0, count: count)
        for _ in 0..<16 {
            let drawn = CryptoRandom().bytes(count)
            #expect(drawn.count == count)
            for position in drawn.indices { union[position] |= drawn[position] }
        }
        #expect(!union.contains(0))
    }
}
