import SessionInterfaces

extension StoreConformance {
    static let sizeChecks = [
        Check("many keys stay in order") { place in
            let store = try await place.open()
            // A step without a common divisor visits every number once, in no order.
            let count = max(place.scale.keys, 1000)
            let step = count % 7919 == 0 ? 7907 : 7919
            for batch in stride(from: 0, to: count, by: 2000) {
                try await store.write(durability: .relaxed) { transaction in
                    for position in batch..<min(batch + 2000, count) {
                        let number = position * step % count
                        try transaction.put(Samples.value(number), for: Samples.key(number), in: Samples.table)
                    }
                }
            }
            try await store.read { snapshot in
                try expect(snapshot.count(Samples.table), count, "count")
                var next = 0
                try snapshot.scan(Samples.table, .all, .forward) { key, value in
                    try expect([UInt8](key), Samples.key(next), "key \(next)")
                    try expect([UInt8](value), Samples.value(next), "value \(next)")
                    next += 1
                    return .next
                }
                try expect(next, count, "number of entries")
            }
            let (first, last) = (count / 4, count - 10)
            let removed = try await store.write {
                try $0.removeAll(KeyRange(from: Samples.key(first), upTo: Samples.key(last)), from: Samples.table)
            }
            try expect(removed, last - first, "number of entries removed")
            let left = try await store.read { snapshot in
                try (
                    snapshot.count(Samples.table), snapshot.entries(Samples.table, .all, .backward, limit: 11).last?.key
                )
            }
            try expect(left.0, first + 10, "count after removing")
            try expect(left.1, Samples.key(first - 1), "the eleventh key from the end")
            try await store.verify()
        },
        Check("a long time of putting and removing leaves no more than is there", needsMedium: true) { place in
            let store = try await place.open()
            var sizes: [Int] = []
            for round in 0..<40 {
                try await store.write(durability: .relaxed) { transaction in
                    try transaction.removeAll(.all, from: Samples.table)
                    for number in 0..<200 {
                        let value = [UInt8](repeating: UInt8(round), count: 500)
                        try transaction.put(value, for: Samples.key(number * 40 + round), in: Samples.table)
                    }
                }
                sizes.append(try await store.statistics().size)
            }
            try expect(sizes[39] <= 3 * sizes[9], "the store grew without end: \(sizes)")
        },
    ]
}
