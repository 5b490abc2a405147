import Foundation
import SessionInterfaces
import SessionStorage
import SessionStorageLMDB
import SessionStorageSQLite
import Testing

/// Files that each format version wrote open, and hold what they held. They are in Tests/StoredFormats, one directory for
/// each, called by backend and version; what was written by a released version stays there for good.
///
/// With `WRITE_STORED_FORMATS`, the files of the present versions are made anew in the directory that it names.
@Suite struct StoredFormatTests {
    private static let directory = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "StoredFormats")
    static let names = ["lmdb-2", "sqlite-2", "lmdb-2-sealed-1", "sqlite-2-sealed-1"]
    private static let history: StoreTable = "history"

    @Test func everyFormatHasATest() throws {
        let found = try FileManager.default.contentsOfDirectory(atPath: Self.directory.path)
        #expect(Set(found) == Set(Self.names))
    }

    @Test(arguments: names)
    func opensAndHoldsWhatItHeld(name: String) async throws {
        let copy = FileManager.default.temporaryDirectory.appending(path: "format-\(UUID().uuidString)")
        try FileManager.default.copyItem(at: Self.directory.appending(path: name), to: copy)
        defer { try? FileManager.default.removeItem(at: copy) }
        // Once as it is found, and once more as it was left.
        for _ in 1...2 {
            let store = try await Self.open(name, in: copy.path)
            try await store.verify()
            #expect(try await store.read { try $0.tables() } == [Self.history, "other"])
            #expect(try await store.read { try $0.entries(Self.history) } == Self.entries)
            #expect(try await store.read { try $0.value(of: [UInt8](repeating: 1, count: 700), in: "other") } == [])
            await store.close()
        }
    }

    @Test(.enabled(if: ProcessInfo.processInfo.environment["WRITE_STORED_FORMATS"] != nil), arguments: names)
    func writes(name: String) async throws {
        let root = try #require(ProcessInfo.processInfo.environment["WRITE_STORED_FORMATS"])
        let directory = root + "/" + name
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let store = try await Self.open(name, in: directory)
        try await store.write { transaction in
            for entry in Self.entries { try transaction.put(entry.value, for: entry.key, in: Self.history) }
            try transaction.put([], for: [UInt8](repeating: 1, count: 700), in: "other")
        }
        await store.close()
        try? FileManager.default.removeItem(atPath: directory + "/store/lock.mdb")
    }

    private static func open(_ name: String, in directory: String) async throws -> any Store {
        let raw: any Store =
            name.hasPrefix("lmdb")
            ? try await LMDBStore.open(directory + "/store") : try await SQLiteStore.open(directory + "/store.sqlite")
        guard name.contains("sealed") else { return raw }
        return try await SealedStore.open(
            raw, with: .key([UInt8](repeating: 1, count: 32)),
            layouts: [history: KeyLayout(.fixed(33), .number(Int64.self))])
    }

    /// Two conversations, in order.
    private static let entries: [StoreEntry] = [3, 9].flatMap { (account: UInt8) in
        (0..<10).map { number in
            var key = KeyWriter()
            key.fixed([5] + [UInt8](repeating: account, count: 32))
            key.integer(Int64(number) - 5)
            return StoreEntry(key: key.key, value: [UInt8](repeating: account, count: number * number * 60))
        }
    }
}
