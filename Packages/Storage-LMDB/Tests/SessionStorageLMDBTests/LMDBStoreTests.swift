import CLMDB
import FoundationEssentials
import Glibc
import SessionInterfaces
import Testing

@testable import SessionStorageLMDB

@Suite struct LMDBStoreTests {
    @Test func onlyTheOwnerMayReadItsFiles() async throws {
        try await withTemporaryDirectory { path in
            let store = try await LMDBStore.open(path + "/store")
            try await store.write { try $0.put([1], for: [1], in: "table") }
            #expect(try permissions(path + "/store") == 0o700)
            let files = try FileManager.default.contentsOfDirectory(atPath: path + "/store")
            #expect(files.sorted() == ["data.mdb", "lock.mdb", "store.lock"])
            for file in files { #expect(try permissions("\(path)/store/\(file)") == 0o600) }
            await store.close()
        }
    }

    @Test func theLockNamesItsHolder() async throws {
        try await withTemporaryDirectory { path in
            let store = try await LMDBStore.open(path)
            let error = await #expect(throws: StoreError.self) { _ = try await LMDBStore.open(path) }
            #expect(error == StoreError(.locked, ""))
            #expect(error?.message == "the store is in use by process \(getpid())")
            await store.close()
        }
    }

    @Test func aStoreThatIsLetGoIsClosed() async throws {
        try await withTemporaryDirectory { path in
            try await LMDBStore.open(path).write { try $0.put([1], for: [1], in: "table") }
            let again = try await LMDBStore.open(path)
            #expect(try await again.read { try $0.value(of: [1], in: "table") } == [1])
        }
    }

    @Test func aMissingParentIsInaccessible() async throws {
        await #expect(throws: StoreError(.inaccessible, "")) {
            _ = try await LMDBStore.open("/nonexistent-directory/store")
        }
    }

    @Test(arguments: [1, 100, 4096, 50_000])
    func garbageIsCorrupted(size: Int) async throws {
        try await withTemporaryDirectory { path in
            let garbage = SeededRandom(seed: UInt64(size)).bytes(size)
            try Data(garbage).write(to: URL(filePath: path + "/data.mdb"))
            await #expect(throws: StoreError(.corrupted, "")) { _ = try await LMDBStore.open(path) }
        }
    }

    @Test func anotherProgramsDatabaseIsCorrupted() async throws {
        try await withTemporaryDirectory { path in
            try putForeign("theirs", for: Array("key".utf8), in: path)
            await #expect(throws: StoreError(.corrupted, "")) { _ = try await LMDBStore.open(path) }
        }
    }

    @Test func aLaterFormatIsRefused() async throws {
        try await withTemporaryDirectory { path in
            try putForeign("session-store\u{3}", for: StoredKey.format, in: path)
            await #expect(throws: StoreError(.unsupportedVersion, "")) { _ = try await LMDBStore.open(path) }
        }
    }

    /// A file that was cut off anywhere is refused, or what is left of it is read; it never ends the process.
    @Test(arguments: Array(stride(from: 1, to: 200_000, by: 9973)))
    func aFileCutOffIsSurvived(size: Int) async throws {
        try await withTemporaryDirectory { path in
            let store = try await LMDBStore.open(path)
            try await store.write { transaction in
                for number in 0..<1000 {
                    try transaction.put([UInt8](repeating: 1, count: 100), for: key(number), in: "table")
                }
            }
            await store.close()
            try #require(truncate(path + "/data.mdb", size) == 0)
            do {
                let cut = try await LMDBStore.open(path)
                let entries = try await cut.read { try $0.entries("table") }
                #expect(entries.allSatisfy { $0.value == [UInt8](repeating: 1, count: 100) })
            } catch {
                #expect(error as? StoreError == StoreError(.corrupted, ""))
            }
        }
    }

    /// Values many times the size of the map, among writers and readers that know nothing of it.
    @Test func theMapGrowsUnderWay() async throws {
        try await withTemporaryDirectory { path in
            let store = try await LMDBStore.open(path, initialMapSize: 1 << 20)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<40 {
                    group.addTask {
                        let value = [UInt8](repeating: UInt8(number), count: number % 8 == 0 ? 5 << 20 : 100)
                        try await store.write(durability: .relaxed) {
                            try $0.put(value, for: key(number), in: "table")
                        }
                    }
                    group.addTask {
                        for entry in try await store.read({ try $0.entries("table") }) {
                            #expect(entry.value.first == entry.value.last)
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await store.read { try $0.count("table") } == 40)
            await store.close()
        }
    }

    @Test func aBodyThatOverlooksAFullMapIsRunAgain() async throws {
        try await withTemporaryDirectory { path in
            let store = try await LMDBStore.open(path, initialMapSize: 1 << 20)
            try await store.write { transaction in
                try? transaction.put([UInt8](repeating: 7, count: 6 << 20), for: [1], in: "table")
                try? transaction.put([1], for: [2], in: "table")
            }
            #expect(try await store.read { try $0.count("table") } == 2)
            await store.close()
        }
    }

    @Test func readersShareAStoreAndKeepWritersOut() async throws {
        try await withTemporaryDirectory { path in
            await #expect(throws: StoreError(.inaccessible, "")) {
                _ = try await LMDBStore.open(path + "/none", isReadOnly: true)
            }
            let store = try await LMDBStore.open(path)
            try await store.write { try $0.put([1], for: [1], in: "table") }
            await #expect(throws: StoreError(.locked, "")) { _ = try await LMDBStore.open(path, isReadOnly: true) }
            await store.close()
            let one = try await LMDBStore.open(path, isReadOnly: true)
            let other = try await LMDBStore.open(path, isReadOnly: true)
            #expect(try await one.read { try $0.value(of: [1], in: "table") } == [1])
            #expect(try await other.read { try $0.value(of: [1], in: "table") } == [1])
            await #expect(throws: StoreError(.readOnly, "")) { try await one.write { try $0.tables() } }
            await #expect(throws: StoreError(.locked, "")) { _ = try await LMDBStore.open(path) }
            await one.close()
            await other.close()
            try await LMDBStore.open(path).close()
        }
    }

    @Test func aBackUpIsAStore() async throws {
        try await withTemporaryDirectory { path in
            let store = try await LMDBStore.open(path + "/store")
            try await store.write { transaction in
                for number in 0..<500 { try transaction.put([1], for: key(number), in: "table") }
            }
            try await store.backUp(to: path + "/copy")
            try await store.write { _ = try $0.removeAll(.all, from: "table") }
            let copy = try await LMDBStore.open(path + "/copy")
            try await copy.verify()
            #expect(try await copy.read { try $0.count("table") } == 500)
            await copy.close()
            await store.close()
        }
    }

    @Test func whatIsRemovedIsReusable() async throws {
        try await withTemporaryDirectory { path in
            let store = try await LMDBStore.open(path)
            try await store.write { transaction in
                for number in 0..<500 { try transaction.put(key(number), for: key(number), in: "table") }
            }
            try await store.write { _ = try $0.removeAll(.all, from: "table") }
            let statistics = try await store.statistics()
            #expect(statistics.reusable > 0 && statistics.reusable < statistics.size)
            #expect(statistics.formatVersion == 2)
            await store.close()
        }
    }

    private func putForeign(_ value: String, for key: [UInt8], in directory: String) throws {
        var environment: OpaquePointer?
        var transaction: OpaquePointer?
        var database: MDB_dbi = 0
        try check(mdb_env_create(&environment))
        defer { mdb_env_close(environment) }
        try check(mdb_env_open(environment, directory, 0, 0o600))
        try check(mdb_txn_begin(environment, nil, 0, &transaction))
        let opened = try #require(transaction)
        try check(mdb_dbi_open(opened, nil, 0, &database))
        let tree = Tree(opened, database)
        try tree.putUnchecked(Array(value.utf8), for: key)
        try tree.commit()
    }
}

private func key(_ number: Int) -> [UInt8] { number.bigEndianBytes }
