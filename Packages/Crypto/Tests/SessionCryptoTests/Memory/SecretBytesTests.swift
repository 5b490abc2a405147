import SessionInterfaces
import Testing

@testable import SessionCrypto

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct SecretBytesTests {
    private struct Refusal: Error, Equatable {}

    @Test(arguments: [0, 1, 16, 32, 64, 4096, 100_000])
    func keepsWhatItWasGiven(count: Int) {
        let bytes = SeededRandom(seed: UInt64(count)).bytes(count)
        for secret in [SecretBytes(bytes), SecretBytes(count: count, in: .ephemeral) { $0.copyBytes(from: bytes) }] {
            #expect(secret.count == count)
            #expect(secret.revealed == bytes)
        }
    }

    @Test(arguments: [SecretBytes.Memory.guarded, .ephemeral])
    func isZeroedBeforeItIsFilled(memory: SecretBytes.Memory) {
        #expect(SecretBytes(count: 40, in: memory) { $0[7] = 1 }.revealed == (0..<40).map { $0 == 7 ? 1 : 0 })
    }

    @Test(arguments: [SecretBytes.Memory.guarded, .ephemeral])
    func passesOnWhatTheInitializerThrows(memory: SecretBytes.Memory) {
        #expect(throws: Refusal()) {
            try SecretBytes(count: 32, in: memory) { (_) throws(Refusal) in throw Refusal() }
        }
    }

    @Test func consumingEmptiesTheArray() {
        var bytes: [UInt8] = [1, 2, 3]
        let secret = SecretBytes(consuming: &bytes)
        #expect(bytes.isEmpty)
        #expect(secret.revealed == [1, 2, 3])
    }

    @Test func randomBytesComeFromTheSource() {
        let secret = SecretBytes.random(count: 50, from: SeededRandom(seed: 3))
        #expect(secret.revealed == SeededRandom(seed: 3).bytes(50))
    }

    @Test func equalityIsOfContent() {
        let secret = SecretBytes([1, 2, 3])
        #expect(secret.isEqual(to: secret))
        #expect(secret.isEqual(to: SecretBytes([1, 2, 3])))
        #expect(!secret.isEqual(to: SecretBytes([1, 2])))
        for other in flips(of: [1, 2, 3]) { #expect(!secret.isEqual(to: SecretBytes(other))) }
    }

    @Test func survivesItsLastReference() {
        // The only reference is the temporary itself.
        #expect(SecretBytes([4, 5, 6]).withUnsafeBytes { $0.reduce(0, +) } == 15)
    }

    @Test func isReadOnlyOnceFilled() async {
        await #expect(processExitsWith: .signal(SIGSEGV)) {
            SecretBytes([1, 2, 3]).withUnsafeBytes { UnsafeMutableRawBufferPointer(mutating: $0)[0] = 9 }
        }
    }

    @Test func endsAtAGuardPage() async {
        await #expect(processExitsWith: .signal(SIGSEGV)) {
            let beyond = SecretBytes([1, 2, 3]).withUnsafeBytes { bytes in
                bytes.baseAddress.map { $0.load(fromByteOffset: 3, as: UInt8.self) }
            }
            exit(beyond == nil ? 1 : 0)
        }
    }
}
