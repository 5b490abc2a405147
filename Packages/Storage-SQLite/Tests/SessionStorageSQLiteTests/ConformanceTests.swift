import SessionStorageConformance
import SessionStorageSQLite
import Testing

@Suite struct ConformanceTests {
    @Test(arguments: StoreConformance.checks)
    func conforms(to check: StoreConformance.Check) async throws {
        try await StoreConformance { try await SQLiteStore.open($0) }.verify(check)
    }
}
