import SessionStorageConformance
import SessionStorageLMDB

await StoreWorker.main { try await LMDBStore.open($0) }
