import FoundationEssentials
import SessionInterfaces
import SessionStorage
import SessionStorageConformance
import SessionStorageLMDB
import Testing

@Suite struct SealedTests {
    private static let secret = SealingSecret.key([UInt8](repeating: 7, count: 32))
    private let worker = WorkerProgram(besideThisProgram: "LMDBStoreWorker", arguments: ["sealed"])

    @Test(arguments: StoreConformance.checks)
    func conforms(to check: StoreConformance.Check) async throws {
        let scale = ConformanceScale.environment
        let fewer = ConformanceScale(keys: scale.keys / 4, crashes: scale.crashes, damages: scale.damages)
        try await StoreConformance(scale: fewer, worker: worker) { place in
            try await SealedStore.open(LMDBStore.open(place), with: Self.secret)
        }.verify(check)
    }

    /// What is put in can be found in the files of a store, and not in those of a sealed one.
    @Test(arguments: [false, true])
    func nothingOnTheMediumCanBeRead(isSealed: Bool) async throws {
        let account = Array("05".utf8) + (0..<33).map { UInt8(0x40 + $0) }
        let text = Array("a text that nobody else should read".utf8)
        try await withTemporaryDirectory { path in
            let raw = try await LMDBStore.open(path + "/store")
            let layout = KeyLayout(.fixed(account.count), .number(Int64.self))
            let store: any Store =
                isSealed
                ? try await SealedStore.open(raw, with: Self.secret, layouts: ["history": layout]) : raw
            try await store.write { transaction in
                for moment in 0..<100 as Range<Int64> {
                    var key = KeyWriter()
                    key.fixed(account)
                    key.integer(moment)
                    try transaction.put(
                        text + [UInt8](repeating: 1, count: Int(moment) * 100), for: key.key, in: "history")
                }
                try transaction.put(account, for: text, in: "other")
            }
            let open = try files(in: path)
            await store.close()
            for content in [open, try files(in: path)] {
                #expect(content.contains(account) != isSealed)
                #expect(content.contains(text) != isSealed)
            }
        }
    }

    /// The bytes of all files.
    private func files(in directory: String) throws -> Data {
        try FileManager.default.subpathsOfDirectory(atPath: directory).reduce(into: Data()) { all, name in
            var isDirectory = false
            let path = directory + "/" + name
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory else { return }
            all += try Data(contentsOf: URL(filePath: path))
        }
    }
}

extension Data {
    fileprivate func contains(_ bytes: [UInt8]) -> Bool {
        withUnsafeBytes { all in
            (0...all.count - bytes.count).contains { start in
                all[start] == bytes[0] && all[start..<start + bytes.count].elementsEqual(bytes)
            }
        }
    }
}
