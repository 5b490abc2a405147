import SessionInterfaces
import Synchronization

/// Where the store of one check is kept, and whatever has been opened there.
final class Place: Sendable {
    private let path: String
    private let openStore: StoreConformance.Open
    private let stores = Mutex<[any Store]>([])

    init(path: String, openStore: @escaping StoreConformance.Open) {
        self.path = path
        self.openStore = openStore
    }

    func open() async throws -> any Store {
        let store = try await openStore(path)
        stores.withLock { $0.append(store) }
        return store
    }

    func closeAll() async {
        for store in stores.withLock({ $0 }) { await store.close() }
    }
}
