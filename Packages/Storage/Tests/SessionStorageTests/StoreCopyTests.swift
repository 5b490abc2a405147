import SessionInterfaces
import SessionStorage
import Synchronization
import Testing

@Suite struct StoreCopyTests {
    private func filled(_ count: Int) async throws -> MemoryStore {
        let store = MemoryStore()
        try await store.write { transaction in
            for number in 0..<count {
                let key = withUnsafeBytes(of: UInt32(number).bigEndian) { [UInt8]($0) }
                try transaction.put(key + key, for: key, in: number % 3 == 0 ? "one" : "two")
            }
            try transaction.put([], for: [1], in: "emptied")
            try transaction.remove([1], from: "emptied")
        }
        return store
    }

    @Test(arguments: [1, 7, 2000])
    func everythingArrives(batchSize: Int) async throws {
        let (source, target) = (try await filled(500), MemoryStore())
        let outcome = try await StoreCopy(from: source, to: target, batchSize: batchSize).run()
        #expect(outcome.digest.count == 500)
        #expect(outcome.resumed == 0)
        #expect(try await StoreDigest.of(target) == outcome.digest)
        for table in ["one", "two"] as [StoreTable] {
            #expect(try await source.read { try $0.entries(table) } == target.read { try $0.entries(table) })
        }
    }

    @Test func anEmptyStoreIsCopied() async throws {
        let outcome = try await StoreCopy(from: MemoryStore(), to: MemoryStore()).run()
        #expect(outcome.digest.count == 0)
    }

    @Test func everyEntryCounts() async throws {
        let store = try await filled(100)
        let before = try await StoreDigest.of(store)
        let changes: [@Sendable (any StoreTransaction) throws -> Void] = [
            { try $0.put([1], for: [0, 0, 0, 0], in: "one") }, { try $0.remove([0, 0, 0, 3], from: "one") },
            { try $0.put([], for: [9], in: "three") }, { try $0.put([0, 0, 0, 0], for: [0, 0, 0, 0], in: "two") },
        ]
        var seen: Set = [before.checksum]
        for change in changes {
            try await store.write(change)
            #expect(try await seen.insert(StoreDigest.of(store).checksum).inserted)
        }
    }

    /// Interrupted after every number of batches, then taken up again.
    @Test func anInterruptedCopyGoesOn() async throws {
        let source = try await filled(100)
        for interruption in 1...10 {
            let target = MemoryStore()
            let copying = Task {
                try await StoreCopy(from: source, to: target, batchSize: 10).run { progress in
                    guard progress.phase == .copying, progress.done >= interruption * 10 else { return }
                    withUnsafeCurrentTask { $0?.cancel() }
                }
            }
            let result = await copying.result
            #expect(throws: CancellationError.self) { try result.get() }
            let outcome = try await StoreCopy(from: source, to: target, batchSize: 10).run()
            #expect(outcome.resumed >= interruption * 10)
            #expect(outcome.digest.count == 100)
            #expect(try await target.read { try $0.count(StoreCopy.table) } == 0)
        }
    }

    /// What was left of a copy of something else is not mixed with it.
    @Test func aSourceThatHasChangedIsCopiedFromTheStart() async throws {
        let (source, target) = (try await filled(100), MemoryStore())
        let copying = Task {
            try await StoreCopy(from: source, to: target, batchSize: 10).run { progress in
                if progress.phase == .copying, progress.done >= 50 { withUnsafeCurrentTask { $0?.cancel() } }
            }
        }
        _ = await copying.result
        try await source.write { _ = try $0.removeAll(KeyRange(upTo: [0, 0, 0, 30]), from: "one") }
        let outcome = try await StoreCopy(from: source, to: target).run()
        #expect(outcome.resumed == 0)
        #expect(try await StoreDigest.of(target) == StoreDigest.of(source))
    }

    @Test func dataOfItsOwnIsNotMixedIn() async throws {
        let (source, target) = (try await filled(10), MemoryStore())
        try await target.write { try $0.put([1], for: [1], in: "theirs") }
        await #expect(throws: StoreError(.occupied, "")) { try await StoreCopy(from: source, to: target).run() }
        #expect(try await target.read { try $0.tables() } == ["theirs"])
    }

    @Test func progressIsTold() async throws {
        let told = Mutex<[StoreCopy.Progress]>([])
        _ = try await StoreCopy(from: filled(100), to: MemoryStore(), batchSize: 30).run { progress in
            told.withLock { $0.append(progress) }
        }
        let all = told.withLock { $0 }
        #expect(Set(all.map(\.phase)) == [.reading, .copying, .verifying])
        #expect(all.filter { $0.phase == .copying }.map(\.done).last == 100)
        #expect(all.allSatisfy { $0.total == 100 })
    }
}
