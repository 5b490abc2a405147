import ExampleBackend
import SessionStorageConformance

await StoreWorker.main { try await LogStore.open($0) }
