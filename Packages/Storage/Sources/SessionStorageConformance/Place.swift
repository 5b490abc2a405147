import SessionInterfaces
import Synchronization

/// Where the store of one check is kept, and whatever has been opened there.
final class Place: Sendable {
    let path: String
    let scale: ConformanceScale
    private let worker: WorkerProgram?
    private let openStore: StoreConformance.Open
    private let stores = Mutex<[any Store]>([])

    init(path: String, scale: ConformanceScale, worker: WorkerProgram?, openStore: @escaping StoreConformance.Open) {
        self.path = path
        self.scale = scale
        self.worker = worker
        self.openStore = openStore
    }

    /// The directory in which nothing but the store is kept.
    var directory: String { String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.endIndex)) }

    func open() async throws -> any Store {
        let store = try await openStore(path)
        stores.withLock { $0.append(store) }
        return store
    }

    /// Starts the worker on this place, or on another.
    func work(_ task: WorkerTask, at path: String? = nil) throws -> WorkerProcess {
        guard let worker else { throw ConformanceFailure(description: "this check needs a worker; see StoreWorker") }
        return try WorkerProcess.start(worker, task, at: path ?? self.path)
    }

    func closeAll() async {
        for store in stores.withLock({ $0 }) { await store.close() }
    }
}
