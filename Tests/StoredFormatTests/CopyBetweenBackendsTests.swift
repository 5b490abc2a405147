import Foundation
import SessionInterfaces
import SessionStorage
import SessionStorageLMDB
import SessionStorageSQLite
import Testing

/// Data goes from one backend to another and back, and is the same.
@Suite struct CopyBetweenBackendsTests {
    /// `STORE_CONFORMANCE_KEYS` says otherwise.
    private let count = ProcessInfo.processInfo.environment["STORE_CONFORMANCE_KEYS"].flatMap { Int($0) } ?? 3000

    private func inDirectory(_ body: (String) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "copies-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try await body(directory)
    }

    private func fill(_ store: any Store) async throws {
        for start in stride(from: 0, to: count, by: 5000) {
            try await store.write(durability: .relaxed) { transaction in
                for number in start..<min(start + 5000, count) {
                    let key = withUnsafeBytes(of: UInt64(number).bigEndian) { [UInt8]($0) }
                    let value = [UInt8](repeating: key[7], count: number % 300)
                    try transaction.put(value, for: key, in: number % 2 == 0 ? "even" : "odd")
                }
            }
        }
    }

    @Test func thereAndBackAgain() async throws {
        try await inDirectory { directory in
            let start = try await LMDBStore.open(directory + "/start")
            let middle = try await SQLiteStore.open(directory + "/middle")
            let end = try await LMDBStore.open(directory + "/end")
            try await fill(start)
            let there = try await StoreCopy(from: start, to: middle).run()
            let back = try await StoreCopy(from: middle, to: end).run()
            #expect(there.digest.count == count)
            #expect(there.digest == back.digest)
            #expect(try await StoreDigest.of(start) == StoreDigest.of(end))
            for store in [start, middle, end] as [any Store] { await store.close() }
        }
    }

    /// A copy has none of the room that the original no longer uses.
    @Test(arguments: ["lmdb", "sqlite"])
    func aCopyIsCompact(backend: String) async throws {
        func open(_ path: String) async throws -> any Store {
            backend == "lmdb" ? try await LMDBStore.open(path) : try await SQLiteStore.open(path)
        }
        try await inDirectory { directory in
            let (source, target) = (try await open(directory + "/source"), try await open(directory + "/target"))
            try await fill(source)
            try await source.write { _ = try $0.removeAll(.all, from: "odd") }
            _ = try await StoreCopy(from: source, to: target).run()
            let (before, after) = (try await source.statistics(), try await target.statistics())
            #expect(after.entries["even"] == before.entries["even"])
            #expect(after.size < before.size)
            await source.close()
            await target.close()
        }
    }
}
