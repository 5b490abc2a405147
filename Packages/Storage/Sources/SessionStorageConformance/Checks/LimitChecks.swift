import SessionInterfaces

extension StoreConformance {
    private static let longestKey = [UInt8](repeating: 0x6b, count: StoreLimits.keySize)

    static let limitChecks = [
        Check("a key has 1 to 4096 bytes") { place in
            let store = try await place.open()
            try await store.write { transaction in
                for key in [[], longestKey + [0]] {
                    let key = key
                    let what = "a key of \(key.count) bytes"
                    try expect(.invalidKey, from: "put with \(what)") {
                        try transaction.put([1], for: key, in: Samples.table)
                    }
                    try expect(.invalidKey, from: "putIfAbsent with \(what)") {
                        try transaction.putIfAbsent([1], for: key, in: Samples.table)
                    }
                    try expect(.invalidKey, from: "remove with \(what)") {
                        try transaction.remove(key, from: Samples.table)
                    }
                    try expect(.invalidKey, from: "value with \(what)") {
                        try transaction.value(of: key, in: Samples.table)
                    }
                }
                // The transaction goes on as if nothing had been.
                try transaction.put([2], for: longestKey, in: Samples.table)
            }
            let entries = try await store.read { try $0.entries(Samples.table) }
            try expect(entries, [StoreEntry(key: longestKey, value: [2])], "entries")
        },
        Check("a value of 16 MiB comes back") { place in
            let store = try await place.open()
            let value = Samples.largeValue((16 << 20) + 1)
            for key in [[1], longestKey] {
                try await store.write { try $0.put(value, for: key, in: Samples.table) }
                let isSame = try await store.read { snapshot in
                    try snapshot.withValue(of: key, in: Samples.table) { Samples.isSame($0, value) }
                }
                try expect(isSame, true, "whether a large value is the same")
            }
            try await store.write { try $0.put([1], for: [1], in: Samples.table) }
            let small = try await store.read { try $0.value(of: [1], in: Samples.table) }
            try expect(small, [1], "the small value that replaced a large one")
        },
        Check("a value of more than 256 MiB is refused") { place in
            let store = try await place.open()
            try await store.write { transaction in
                let value = Samples.largeValue(StoreLimits.valueSize + 1)
                try expect(.valueTooLarge, from: "put of too large a value") {
                    try transaction.put(value, for: [1], in: Samples.table)
                }
                try expect(.valueTooLarge, from: "putIfAbsent of too large a value") {
                    try transaction.putIfAbsent(value, for: [1], in: Samples.table)
                }
                try expect(transaction.count(Samples.table), 0, "count")
            }
        },
    ]
}
