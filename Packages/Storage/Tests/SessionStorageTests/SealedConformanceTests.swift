import SessionCrypto
import SessionInterfaces
import SessionStorage
import SessionStorageConformance
import Testing

/// Sealed, a store does all that others do, whatever the layout of its keys.
@Suite struct SealedConformanceTests {
    static let layouts: [KeyLayout] = [
        .opaque, KeyLayout(.number(bytes: 8)), KeyLayout(.fixed(1)), KeyLayout(.number(bytes: 1), .fixed(1)),
        KeyLayout(.fixed(1), .number(bytes: 2), .number(bytes: 1), .bytes, .number(bytes: 2)),
        KeyLayout(.bytes, .number(bytes: 1)),
    ]

    @Test(arguments: StoreConformance.checks.filter { !$0.needsMedium }, layouts)
    func conforms(to check: StoreConformance.Check, layout: KeyLayout) async throws {
        let secret = SealingSecret.key(SecretBytes.random(count: 32, from: CryptoRandom()))
        try await StoreConformance(scale: ConformanceScale(keys: 3000)) { _ in
            try await SealedStore.open(
                MemoryStore(), with: secret,
                layouts: ["conformance": layout, "conformance.other": layout])
        }.verify(check)
    }
}
