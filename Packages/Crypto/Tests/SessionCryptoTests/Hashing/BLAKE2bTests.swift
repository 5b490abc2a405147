import SessionCrypto
import SessionInterfaces
import Testing

@Suite struct BLAKE2bTests {
    @Test func knownAnswers() {
        // RFC 7693, appendix A.
        #expect(
            Hex.encode(BLAKE2b.hash(Array("abc".utf8), size: 64))
                == "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
                + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923")
        #expect(
            BLAKE2b.hash32(Array("abc".utf8)).hex == "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319")
        #expect(Hex.encode(BLAKE2b.hash([], size: 16)) == "cae66941d9efbd404e4d88758ea67670")
    }

    @Test func keySaltAndPersonalisationCount() {
        let sixteen = [UInt8](0..<16)
        #expect(
            Hex.encode(
                BLAKE2b.hash(
                    Array("abc".utf8), key: sixteen, personal: Array("SessionTestCase_".utf8), salt: sixteen))
                == "119459bb9fcda9ec5011bde978af0d4aad2fcb08f94866d7852064ddf77d1f1d")
    }

    @Test(arguments: 16...64)
    func sizeIsPartOfTheHash(size: Int) {
        let hash = BLAKE2b.hash([1, 2, 3], size: size)
        #expect(hash.count == size)
        #expect(size == 64 || !BLAKE2b.hash([1, 2, 3], size: 64).starts(with: hash))
    }

    @Test(arguments: [0, 1, 127, 128, 129, 1000], [0, 1, 64])
    func partsAreHashedAsOne(count: Int, keyCount: Int) {
        let message = SeededRandom(seed: 1).bytes(count)
        let key = SeededRandom(seed: 2).bytes(keyCount)
        let whole = BLAKE2b.hash(message, key: key)
        #expect(BLAKE2b.hash32(message, key: key).bytes == whole)
        #expect(BLAKE2b.hash32(Array(message.prefix(50)), [], Array(message.dropFirst(50)), key: key).bytes == whole)
    }

    @Test func sizesOutsideTheFunctionAreProgrammingErrors() async {
        await #expect(processExitsWith: .failure) { _ = BLAKE2b.hash([], size: 15) }
        await #expect(processExitsWith: .failure) { _ = BLAKE2b.hash([], size: 65) }
        await #expect(processExitsWith: .failure) { _ = BLAKE2b.hash([], key: [UInt8](repeating: 0, count: 65)) }
        await #expect(processExitsWith: .failure) { _ = BLAKE2b.hash32([], key: [UInt8](repeating: 0, count: 65)) }
        await #expect(processExitsWith: .failure) { _ = BLAKE2b.hash([], personal: [1]) }
        await #expect(processExitsWith: .failure) { _ = BLAKE2b.hash([], salt: [1]) }
    }
}
