import Dispatch
import SessionInterfaces

extension StoreConformance {
    static let isolationChecks = [
        Check("a reader sees one snapshot and holds up no writer") { place in
            let store = try await place.open()
            try await fill(store, Samples.orderedKeys)
            let before = try await store.read { try $0.entries(Samples.table) }
            let (entered, leave) = (Signal(), DispatchSemaphore(value: 0))
            async let seen = onThreadOfItsOwn {
                try await store.read { snapshot in
                    entered.send()
                    try wait(for: leave)
                    return try snapshot.entries(Samples.table)
                }
            }
            await entered.received()
            try await store.write { transaction in
                try transaction.removeAll(.all, from: Samples.table)
                try transaction.put([1], for: [1], in: Samples.other)
            }
            let after = try await store.read { try $0.entries(Samples.table) }
            leave.signal()
            try expect(try await seen, before, "what a reader sees that began before the write")
            try expect(after, [], "what a reader sees that began after it")
        },
        Check("a writer holds up no reader and shows nothing before it is done") { place in
            let store = try await place.open()
            try await fill(store, [[1]])
            let (entered, leave) = (Signal(), DispatchSemaphore(value: 0))
            async let written: Void = onThreadOfItsOwn {
                try await store.write { transaction in
                    try transaction.put([9], for: [1], in: Samples.table)
                    try transaction.put([9], for: [2], in: Samples.table)
                    entered.send()
                    try wait(for: leave)
                }
            }
            await entered.received()
            let during = try await store.read { try $0.entries(Samples.table) }
            leave.signal()
            try await written
            let after = try await store.read { try $0.entries(Samples.table).map(\.value) }
            try expect(during, [StoreEntry(key: [1], value: Samples.value(0))], "entries during a write")
            try expect(after, [[9], [9]], "values after the write")
        },
        Check("writers at the same time all have their turn") { place in
            let store = try await place.open()
            let outcomes = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<300 {
                    group.addTask {
                        do {
                            try await store.write(durability: number % 3 == 0 ? .full : .relaxed) { transaction in
                                let count = try transaction.value(of: [0], in: Samples.other)?.first ?? 0
                                try transaction.put([count &+ 1], for: [0], in: Samples.other)
                                try transaction.put([1], for: Samples.key(number), in: Samples.table)
                                if number % 7 == 0 { throw Interruption() }
                            }
                            return true
                        } catch is Interruption {
                            return false
                        }
                    }
                }
                return try await group.reduce(into: 0) { count, isDone in count += isDone ? 1 : 0 }
            }
            let kept = (0..<300).filter { $0 % 7 != 0 }
            try expect(outcomes, kept.count, "writes that succeeded")
            try await store.read { snapshot in
                try expect(snapshot.entries(Samples.table).map(\.key), kept.map(Samples.key), "keys")
                let count = try snapshot.value(of: [0], in: Samples.other)
                try expect(count, [UInt8(truncatingIfNeeded: kept.count)], "increments of one counter")
            }
        },
        Check("readers never see half a write") { place in
            let store = try await place.open()
            // Every write replaces all hundred values by the same new one.
            @Sendable func write(_ number: Int) async throws {
                try await store.write(durability: .relaxed) { transaction in
                    for key in 0..<100 {
                        try transaction.put(Samples.value(number), for: Samples.key(key), in: Samples.table)
                    }
                }
            }
            try await write(0)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { for number in 1...40 { try await write(number) } }
                for _ in 0..<6 {
                    group.addTask {
                        for _ in 0..<100 {
                            let entries = try await store.read { try $0.entries(Samples.table) }
                            try expect(entries.count, 100, "number of entries during writes")
                            try expect(Set(entries.map(\.value)).count, 1, "different values in one snapshot")
                        }
                    }
                }
                try await group.waitForAll()
            }
        },
    ]
}
