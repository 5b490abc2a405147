import SessionInterfaces

extension StoreConformance {
    static let lifecycleChecks = [
        Check("a closed store says so") { place in
            let store = try await place.open()
            try await store.write { try $0.put([1], for: [1], in: Samples.table) }
            await store.close()
            await store.close()
            try await expect(.closed, from: "read") { try await store.read { try $0.tables() } }
            try await expect(.closed, from: "write") { try await store.write { try $0.tables() } }
            try await expect(.closed, from: "statistics") { try await store.statistics() }
        },
        Check("closing waits for writes under way") { place in
            let store = try await place.open()
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<50 {
                    group.addTask {
                        do {
                            try await store.write { try $0.put([1], for: Samples.key(number), in: Samples.table) }
                            return true
                        } catch let error as StoreError where error.code == .closed {
                            return false
                        }
                    }
                }
                await store.close()
                // Each was either done or turned away.
                for try await _ in group {}
            }
            try await expect(.closed, from: "write") { try await store.write { try $0.tables() } }
        },
        Check("what was written is there when opened again", needsMedium: true) { place in
            for durability in [Durability.full, .relaxed] {
                let store = try await place.open()
                try await store.write(durability: durability) { transaction in
                    try transaction.removeAll(.all, from: Samples.table)
                    for key in Samples.shuffledKeys { try transaction.put(key, for: key, in: Samples.table) }
                    try transaction.put([], for: [1], in: Samples.other)
                }
                await store.close()
                let again = try await place.open()
                try await again.read { snapshot in
                    let expected = Samples.orderedKeys.map { StoreEntry(key: $0, value: $0) }
                    try expect(snapshot.entries(Samples.table), expected, "entries after \(durability) writing")
                    try expect(snapshot.count(Samples.table), expected.count, "count")
                    try expect(snapshot.tables(), [Samples.table, Samples.other], "tables")
                }
                await again.close()
            }
        },
        Check("an open store is locked, and a closed one is not", needsMedium: true) { place in
            let store = try await place.open()
            try await store.write { try $0.put([1], for: [1], in: Samples.table) }
            try await expect(.locked, from: "a second opening") { try await place.open() }
            // The failed attempt took nothing away.
            try await store.write { try $0.put([2], for: [2], in: Samples.table) }
            await store.close()
            let again = try await place.open()
            let count = try await again.read { try $0.count(Samples.table) }
            try expect(count, 2, "count after opening again")
        },
    ]
}
