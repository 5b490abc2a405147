import SessionStorageConformance
import SessionStorageSQLite

await StoreWorker.main { try await SQLiteStore.open($0) }
