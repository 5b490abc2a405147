import Glibc
import SessionInterfaces

extension StoreConformance {
    static let crashChecks = [
        Check("a process that is killed while writing loses nothing and leaves no half", needsWorker: true) { place in
            var generator = SeededRandom(seed: 7).generator
            var acknowledged = [UInt64](repeating: 0, count: Load.writers)
            for round in 0..<place.scale.crashes {
                let worker = try place.work(.write)
                let patience = UInt32.random(in: 0..<60_000, using: &generator)
                let isEarly = round % 8 == 7
                let said = try await onThreadOfItsOwn {
                    // Mostly amid the writing, now and then while the store is being opened.
                    let start = isEarly ? "" : worker.read() ?? ""
                    usleep(patience)
                    worker.kill()
                    let all = start + worker.readToEnd()
                    let ending = worker.ending()
                    try expect(ending, .killed(by: SIGKILL), "how the worker ended in round \(round), saying '\(all)'")
                    return all
                }
                for line in said.split(separator: "\n") {
                    let words = line.split(separator: " ")
                    guard words.count == 2, let writer = Int(words[0]), let number = UInt64(words[1]),
                        acknowledged.indices.contains(writer)
                    else { throw ConformanceFailure(description: "the worker said '\(line)'") }
                    acknowledged[writer] = max(acknowledged[writer], number)
                }
                let store = try await place.open()
                acknowledged = try await Load.verify(store, acknowledged: acknowledged)
                await store.close()
            }
            try expect(acknowledged.allSatisfy { $0 > 0 }, "a writer never wrote: \(acknowledged)")
        },
        Check("a store in use names its holder, and is free when that ends", needsWorker: true) { place in
            try await place.open().close()
            let worker = try place.work(.hold)
            _ = try await onThreadOfItsOwn { worker.read() }
            do {
                _ = try await place.open()
                throw ConformanceFailure(description: "a store in use was opened")
            } catch let error as StoreError {
                try expect(error.code, .locked, "why a store in use cannot be opened")
                try expect(
                    error.message.contains("\(worker.identifier)"), "'\(error.message)' does not name the process")
            }
            worker.kill()
            _ = try await onThreadOfItsOwn { worker.ending() }
            let store = try await place.open()
            try await store.write { try $0.put([1], for: [1], in: Samples.table) }
        },
    ]
}
