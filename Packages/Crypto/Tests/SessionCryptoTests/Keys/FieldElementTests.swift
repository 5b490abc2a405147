import SessionInterfaces
import Testing

@testable import SessionCrypto

@Suite struct FieldElementTests {
    private let random = SeededRandom(seed: 61)

    private func element(_ hex: String) throws -> FieldElement { FieldElement(try #require(Bytes32(bytes(hex)))) }

    private func drawn() throws -> FieldElement { FieldElement(try #require(Bytes32(random.bytes(32)))) }

    /// The order and what lies around it, up to 2^255 − 1.
    @Test func everyValueHasOneForm() throws {
        let zero = try element("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")
        #expect(zero == .zero && zero.bytes == Bytes32())
        let one = try element("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")
        #expect(one == .one)
        let most = try element("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")
        #expect(most.bytes.bytes == [18] + [UInt8](repeating: 0, count: 31))
        // The highest bit does not count.
        #expect(try element("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff") == most)
        let minusOne = try element("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")
        #expect(FieldElement.zero - .one == minusOne)
        #expect(minusOne + .one == .zero)
        #expect(minusOne * minusOne == .one)
    }

    @Test func obeysTheRulesOfAField() throws {
        for _ in 0..<200 {
            let (x, y, z) = (try drawn(), try drawn(), try drawn())
            #expect(x * y == y * x)
            #expect(x * (y * z) == (x * y) * z)
            #expect(x * (y + z) == x * y + x * z)
            #expect(x * (y - z) == x * y - x * z)
            #expect(x - y + y == x)
            #expect((x + y) * (x - y) == x * x - y * y)
            #expect(x * x.inverse == .one)
            #expect(FieldElement(x.bytes) == x)
        }
        #expect(FieldElement.zero.inverse == .zero)
    }

    /// Computed with a language's own large numbers.
    @Test func knownProduct() throws {
        let x = try element("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")
        let y = try element("1f1e1d1c1b1a191817161514131211100f0e0d0c0b0a09080706050403020100")
        #expect((x * y).bytes.hex == "83ebb0050ff2d3d928e636402711238253bce1e8f630bcbd5ab8fb49c89be956")
        #expect(x.inverse.bytes.hex == "4dcd88822d0589ded58c28d85290e85dcd88822d0589ded58c28d85290e85d73")
    }
}
