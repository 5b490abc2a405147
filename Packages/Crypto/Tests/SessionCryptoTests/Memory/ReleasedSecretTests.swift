import Testing

@testable import SessionCrypto

#if canImport(Glibc)
    import Glibc
#endif

/// The bytes of a secret are in the process while something holds it, and nowhere once it is released.
@Suite struct ReleasedSecretTests {
    // Each in a process of its own, where nothing else happens.
    @Test(arguments: SecretHolder.allCases)
    func nothingIsLeft(of holder: SecretHolder) async {
        await withKnownIssue("swift-crypto does not overwrite the expanded key", isIntermittent: true) {
            await #expect(processExitsWith: .success) { [holder = holder as SecretHolder] in
                let memory = ProcessMemory()
                var masked: [UInt8] = []
                var wasThere = false
                try holder.live { secret in
                    masked = secret
                    wasThere = memory.contains(masked: secret)
                }
                if !wasThere { exit(2) }
                if memory.contains(masked: masked) { exit(3) }
            }
        } when: {
            holder == .aesGCM && AESGCM.cipher == nil
        }
    }

    /// The search finds what is not wiped.
    @Test func whatIsNotWipedIsFound() async {
        await #expect(processExitsWith: .exitCode(3)) {
            let memory = ProcessMemory()
            let secret = SecretBytes.random(count: 32, from: CryptoRandom())
            let masked = secret.withUnsafeBytes { $0.map { $0 ^ ProcessMemory.mask } }
            let leaked = UnsafeMutableRawPointer.allocate(byteCount: 32, alignment: 1)
            secret.withUnsafeBytes { leaked.copyMemory(from: $0.baseAddress!, byteCount: 32) }
            _ = consume secret
            exit(memory.contains(masked: masked) ? 3 : 4)
        }
    }
}
