import SessionStorageConformance
import SessionStorageSQLite
import Testing

@Suite struct ConformanceTests {
    private let worker = WorkerProgram(besideThisProgram: "SQLiteStoreWorker")

    @Test(arguments: StoreConformance.checks)
    func conforms(to check: StoreConformance.Check) async throws {
        try await StoreConformance(worker: worker) { try await SQLiteStore.open($0) }.verify(check)
    }
}
