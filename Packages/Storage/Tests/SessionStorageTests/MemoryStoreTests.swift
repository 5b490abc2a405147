import SessionInterfaces
import SessionStorage
import SessionStorageConformance
import Testing

@Suite struct MemoryStoreTests {
    @Test(arguments: StoreConformance.checks.filter { !$0.needsMedium })
    func conforms(to check: StoreConformance.Check) async throws {
        try await StoreConformance { _ in MemoryStore() }.verify(check)
    }
}
