import SessionStorageConformance
import SessionStorageLMDB
import Testing

@Suite struct ConformanceTests {
    private let worker = WorkerProgram(besideThisProgram: "LMDBStoreWorker")

    @Test(arguments: StoreConformance.checks)
    func conforms(to check: StoreConformance.Check) async throws {
        try await StoreConformance(worker: worker) { try await LMDBStore.open($0) }.verify(check)
    }

    /// From the smallest map, which has to grow in the midst of things.
    @Test(arguments: StoreConformance.checks.filter { !$0.needsWorker })
    func conformsWhileGrowing(check: StoreConformance.Check) async throws {
        try await StoreConformance { try await LMDBStore.open($0, initialMapSize: 0) }.verify(check)
    }
}
