import FoundationEssentials
import GRDB
import Glibc
import SessionInterfaces
import SessionStorageSQLite
import Testing

@Suite struct SQLiteStoreTests {
    @Test func onlyTheOwnerMayReadItsFiles() async throws {
        try await withTemporaryDirectory { path in
            let store = try await SQLiteStore.open(path + "/store.sqlite")
            try await store.write { try $0.put([1], for: [1], in: "table") }
            let files = try FileManager.default.contentsOfDirectory(atPath: path)
            #expect(
                files.sorted() == ["store.sqlite", "store.sqlite-lock", "store.sqlite-shm", "store.sqlite-wal"])
            for file in files { #expect(try permissions("\(path)/\(file)") == 0o600) }
            await store.close()
        }
    }

    @Test func theLockNamesItsHolder() async throws {
        try await withTemporaryDirectory { path in
            let store = try await SQLiteStore.open(path + "/store.sqlite")
            let error = await #expect(throws: StoreError.self) {
                _ = try await SQLiteStore.open(path + "/store.sqlite")
            }
            #expect(error == StoreError(.locked, ""))
            #expect(error?.message == "the store is in use by process \(getpid())")
            await store.close()
        }
    }

    @Test func aStoreThatIsLetGoIsClosed() async throws {
        try await withTemporaryDirectory { path in
            try await SQLiteStore.open(path + "/store.sqlite").write { try $0.put([1], for: [1], in: "table") }
            let again = try await SQLiteStore.open(path + "/store.sqlite")
            #expect(try await again.read { try $0.value(of: [1], in: "table") } == [1])
        }
    }

    @Test func aMissingDirectoryIsInaccessible() async throws {
        await #expect(throws: StoreError(.inaccessible, "")) {
            _ = try await SQLiteStore.open("/nonexistent-directory/store.sqlite")
        }
    }

    @Test(arguments: [1, 100, 4096, 50_000])
    func garbageIsCorrupted(size: Int) async throws {
        try await withTemporaryDirectory { path in
            let garbage = Data(SeededRandom(seed: UInt64(size)).bytes(size))
            try garbage.write(to: URL(filePath: path + "/store.sqlite"))
            await #expect(throws: StoreError(.corrupted, "")) { _ = try await SQLiteStore.open(path + "/store.sqlite") }
        }
    }

    @Test func anotherProgramsDatabaseIsRefusedAndNotTouched() async throws {
        try await withTemporaryDirectory { path in
            let file = path + "/theirs.sqlite"
            let theirs = try DatabaseQueue(path: file)
            try await theirs.write { try $0.execute(sql: "CREATE TABLE theirs (a); INSERT INTO theirs VALUES (1)") }
            try theirs.close()
            let before = try Data(contentsOf: URL(filePath: file))
            await #expect(throws: StoreError(.corrupted, "")) { _ = try await SQLiteStore.open(file) }
            #expect(try Data(contentsOf: URL(filePath: file)) == before)
        }
    }

    @Test func aLaterFormatIsRefused() async throws {
        try await withTemporaryDirectory { path in
            let file = path + "/store.sqlite"
            try await SQLiteStore.open(file).close()
            let database = try DatabaseQueue(path: file)
            try await database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 3") }
            try database.close()
            await #expect(throws: StoreError(.unsupportedVersion, "")) { _ = try await SQLiteStore.open(file) }
        }
    }

    @Test func aBackUpIsAStore() async throws {
        try await withTemporaryDirectory { path in
            let store = try await SQLiteStore.open(path + "/store.sqlite")
            try await store.write { transaction in
                for byte in 0..<200 as Range<UInt8> { try transaction.put([1], for: [byte], in: "table") }
            }
            try await store.backUp(to: path + "/copy.sqlite")
            await #expect(throws: StoreError(.inaccessible, "")) { try await store.backUp(to: path + "/copy.sqlite") }
            try await store.write { _ = try $0.removeAll(.all, from: "table") }
            #expect(try permissions(path + "/copy.sqlite") == 0o600)
            let copy = try await SQLiteStore.open(path + "/copy.sqlite")
            try await copy.verify()
            #expect(try await copy.read { try $0.count("table") } == 200)
            await copy.close()
            await store.close()
        }
    }

    @Test func whatAnotherToolChangesIsNoticed() async throws {
        try await withTemporaryDirectory { path in
            let file = path + "/store.sqlite"
            let store = try await SQLiteStore.open(file)
            try await store.write { try $0.put([1], for: [1], in: "table") }
            await store.close()
            let database = try DatabaseQueue(path: file)
            try await database.write { try $0.execute(sql: "UPDATE entries SET value = x'02'") }
            try database.close()
            await #expect(throws: StoreError(.corrupted, "")) { _ = try await SQLiteStore.open(file) }
        }
    }

    /// A file that was cut off anywhere is refused, or what is left of it is read.
    @Test(arguments: Array(stride(from: 1, to: 150_000, by: 9973)))
    func aFileCutOffIsSurvived(size: Int) async throws {
        try await withTemporaryDirectory { path in
            let file = path + "/store.sqlite"
            let store = try await SQLiteStore.open(file)
            try await store.write { transaction in
                for number in 0..<250 as Range<UInt8> {
                    try transaction.put([UInt8](repeating: 1, count: 500), for: [number], in: "table")
                }
            }
            await store.close()
            try #require(truncate(file, size) == 0)
            do {
                let cut = try await SQLiteStore.open(file)
                let entries = try await cut.read { try $0.entries("table") }
                #expect(entries.allSatisfy { $0.value == [UInt8](repeating: 1, count: 500) })
            } catch {
                #expect(error as? StoreError == StoreError(.corrupted, ""))
            }
        }
    }

    @Test func moreReadersThanConnectionsTakeTurns() async throws {
        try await withTemporaryDirectory { path in
            let store = try await SQLiteStore.open(path + "/store.sqlite", maximumReaders: 1)
            try await store.write { try $0.put([1], for: [1], in: "table") }
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<50 { group.addTask { try await store.read { try $0.count("table") } } }
                for try await count in group { #expect(count == 1) }
            }
            await store.close()
        }
    }
}
