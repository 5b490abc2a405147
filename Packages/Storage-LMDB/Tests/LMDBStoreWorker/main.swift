import SessionStorage
import SessionStorageConformance
import SessionStorageLMDB

// With "sealed" as its first argument, it opens what the tests seal.
let isSealed = CommandLine.arguments.dropFirst().first == "sealed"

await StoreWorker.main { place in
    let store = try await LMDBStore.open(place)
    return isSealed ? try await SealedStore.open(store, with: .key([UInt8](repeating: 7, count: 32))) : store
}
