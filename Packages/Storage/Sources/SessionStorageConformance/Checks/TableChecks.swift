import SessionInterfaces

extension StoreConformance {
    static let tableChecks = [
        Check("a new store is empty") { place in
            let store = try await place.open()
            try await store.read { snapshot in
                try expect(snapshot.tables(), [], "tables of a new store")
                try expect(snapshot.value(of: [1], in: Samples.table), nil, "value in an absent table")
                try expect(snapshot.entries(Samples.table), [], "entries of an absent table")
                try expect(snapshot.count(Samples.table), 0, "count of an absent table")
            }
        },
        Check("changes to an absent table find nothing") { place in
            let store = try await place.open()
            try await store.write { transaction in
                try expect(transaction.remove([1], from: Samples.table), false, "removing from an absent table")
                try expect(transaction.removeAll(.all, from: Samples.table), 0, "removing all of an absent table")
            }
        },
        Check("a value comes back, and a new one replaces it") { place in
            let store = try await place.open()
            for value in [[], [0], Samples.value(1), [UInt8](repeating: 0xa5, count: 10_000), []] {
                try await store.write(durability: .relaxed) { transaction in
                    for key in Samples.shuffledKeys { try transaction.put(value, for: key, in: Samples.table) }
                }
                try await store.read { snapshot in
                    for key in Samples.shuffledKeys {
                        let found = try snapshot.value(of: key, in: Samples.table)
                        try expect(found, value, "value of a key of \(key.count) bytes")
                    }
                }
            }
        },
        Check("an empty value is a value") { place in
            let store = try await place.open()
            try await store.write { try $0.put([], for: [7], in: Samples.table) }
            try await store.read { snapshot in
                try expect(snapshot.value(of: [7], in: Samples.table), [], "an empty value")
                try expect(snapshot.entries(Samples.table), [StoreEntry(key: [7], value: [])], "entries")
                let isEmpty = try snapshot.withValue(of: [7], in: Samples.table) { $0.isEmpty }
                try expect(isEmpty, true, "whether the lent value is empty")
            }
        },
        Check("putIfAbsent keeps what is there") { place in
            let store = try await place.open()
            for key in [[1], Samples.orderedKeys[Samples.orderedKeys.count / 2], [UInt8](repeating: 5, count: 4096)] {
                try await store.write { transaction in
                    try expect(transaction.putIfAbsent([1], for: key, in: Samples.table), true, "the first putIfAbsent")
                    try expect(transaction.putIfAbsent([2], for: key, in: Samples.table), false, "the second")
                }
                let isNew = try await store.write { try $0.putIfAbsent([3], for: key, in: Samples.table) }
                try expect(isNew, false, "putIfAbsent in a later transaction")
                let value = try await store.read { try $0.value(of: key, in: Samples.table) }
                try expect(value, [1], "the value after putIfAbsent")
            }
        },
        Check("remove says whether the key was there") { place in
            let store = try await place.open()
            try await fill(store, Samples.orderedKeys)
            try await store.write { transaction in
                for (position, key) in Samples.shuffledKeys.enumerated() {
                    try expect(transaction.remove(key, from: Samples.table), true, "removing a key")
                    try expect(transaction.remove(key, from: Samples.table), false, "removing it again")
                    try expect(transaction.value(of: key, in: Samples.table), nil, "its value")
                    let left = Samples.orderedKeys.count - position - 1
                    try expect(transaction.count(Samples.table), left, "count after removing")
                }
            }
            let entries = try await store.read { try $0.entries(Samples.table) }
            try expect(entries, [], "entries after removing every key")
        },
        Check("tables are apart from each other") { place in
            let store = try await place.open()
            let names = ["b", "a", "a.b", "a-b", "a_b", "a1", "z", String(repeating: "t", count: 64)]
            let tables = try names.map { try StoreTable($0) }
            try await store.write { transaction in
                for (number, table) in tables.enumerated() {
                    for key in Samples.orderedKeys.prefix(number + 1) {
                        try transaction.put(Samples.value(number), for: key, in: table)
                    }
                }
            }
            try await store.read { snapshot in
                try expect(snapshot.tables(), tables.sorted(), "tables in byte order")
                for (number, table) in tables.enumerated() {
                    let expected = Samples.orderedKeys.prefix(number + 1)
                        .map { StoreEntry(key: $0, value: Samples.value(number)) }
                    try expect(snapshot.entries(table), expected, "entries of table '\(table)'")
                    try expect(snapshot.entries(table, .all, .backward), expected.reversed(), "the same backward")
                    try expect(snapshot.count(table), expected.count, "count of table '\(table)'")
                }
            }
        },
        Check("statistics name the backend and count the entries") { place in
            let store = try await place.open()
            try await fill(store, Samples.orderedKeys)
            try await store.write { try $0.put([1], for: [1], in: Samples.other) }
            let statistics = try await store.statistics()
            try expect(!statistics.backend.isEmpty, "the backend has no name")
            try expect(
                statistics.entries, [Samples.table: Samples.orderedKeys.count, Samples.other: 1], "entries by table")
            try expect(statistics.size > 0, "a store with entries has no size")
        },
    ]
}
