import SessionInterfaces

extension StoreConformance {
    static let rangeChecks = [
        Check("entries come in byte order, forward and backward") { place in
            let store = try await place.open()
            try await fill(store, Samples.shuffledKeys)
            try await store.read { snapshot in
                let keys = try snapshot.entries(Samples.table).map(\.key)
                try expect(keys, Samples.orderedKeys, "all keys")
                let reversed = try snapshot.entries(Samples.table, .all, .backward).map(\.key)
                try expect(reversed, Samples.orderedKeys.reversed(), "all keys backward")
            }
        },
        Check("a range has its lower bound and not its upper one") { place in
            let store = try await place.open()
            try await fill(store, Samples.shuffledKeys)
            try await store.read { snapshot in
                for lower in Samples.bounds {
                    for upper in Samples.bounds {
                        try expectRange(KeyRange(from: lower, upTo: upper), of: Samples.orderedKeys, in: snapshot)
                    }
                }
            }
        },
        Check("a prefix finds the keys that begin with it") { place in
            let store = try await place.open()
            try await fill(store, Samples.shuffledKeys)
            try await store.read { snapshot in
                for key in stride(from: 0, to: Samples.orderedKeys.count, by: 3).map({ Samples.orderedKeys[$0] }) {
                    try expectRange(.prefix(key), of: Samples.orderedKeys, in: snapshot)
                    try expectRange(.prefix(Array(key.dropLast())), of: Samples.orderedKeys, in: snapshot)
                }
            }
        },
        Check("a scan stops where it is told to") { place in
            let store = try await place.open()
            try await fill(store, Samples.shuffledKeys)
            try await store.read { snapshot in
                for limit in [0, 1, 2, 17, Samples.orderedKeys.count] {
                    let first = try snapshot.entries(Samples.table, limit: limit).map(\.key)
                    try expect(first, Array(Samples.orderedKeys.prefix(limit)), "the first \(limit)")
                    let last = try snapshot.entries(Samples.table, .all, .backward, limit: limit).map(\.key)
                    try expect(last, Samples.orderedKeys.suffix(limit).reversed(), "the last \(limit)")
                }
            }
        },
        Check("a scan passes on what its body throws") { place in
            let store = try await place.open()
            try await fill(store, Samples.orderedKeys)
            let calls = try await store.read { snapshot in
                var calls = 0
                do {
                    try snapshot.scan(Samples.table, .all, .forward) { _, _ in
                        calls += 1
                        throw Interruption()
                    }
                    throw ConformanceFailure(description: "the scan swallowed the error of its body")
                } catch is Interruption {
                    return calls
                }
            }
            try expect(calls, 1, "calls of a body that throws")
        },
        Check("scans may stand within scans") { place in
            let store = try await place.open()
            try await fill(store, Array(Samples.orderedKeys.prefix(12)))
            try await store.read { try expectNestedScans(in: $0) }
            try await store.write { try expectNestedScans(in: $0) }
        },
        Check("removeAll removes a range and says how many there were") { place in
            let store = try await place.open()
            for lower in stride(from: 0, to: Samples.bounds.count, by: 3).map({ Samples.bounds[$0] }) {
                for upper in stride(from: 1, to: Samples.bounds.count, by: 4).map({ Samples.bounds[$0] }) {
                    try await expectRemoval(of: KeyRange(from: lower, upTo: upper), in: store)
                }
            }
        },
    ]

    private static func expectRange(_ range: KeyRange, of keys: [[UInt8]], in snapshot: any StoreSnapshot) throws {
        let expected = keys.filter(range.contains)
        let found = try snapshot.entries(Samples.table, range).map(\.key)
        try expect(found, expected, "keys of \(range)")
        let reversed = try snapshot.entries(Samples.table, range, .backward).map(\.key)
        try expect(reversed, expected.reversed(), "keys of \(range) backward")
    }

    private static func expectRemoval(of range: KeyRange, in store: any Store) async throws {
        try await store.write(durability: .relaxed) { transaction in
            try transaction.removeAll(.all, from: Samples.table)
            for key in Samples.shuffledKeys { try transaction.put([1], for: key, in: Samples.table) }
            // The neighbour is to stay.
            try transaction.put([2], for: [0x61], in: Samples.other)
            let kept = Samples.orderedKeys.filter { !range.contains($0) }
            let removed = try transaction.removeAll(range, from: Samples.table)
            try expect(removed, Samples.orderedKeys.count - kept.count, "number of entries removed by \(range)")
            let found = try transaction.entries(Samples.table).map(\.key)
            try expect(found, kept, "keys left by removing \(range)")
            try expect(transaction.count(Samples.table), kept.count, "count after removing \(range)")
            try expect(transaction.count(Samples.other), 1, "count of the other table")
        }
    }

    private static func expectNestedScans(in snapshot: any StoreSnapshot) throws {
        let keys = try snapshot.entries(Samples.table).map(\.key)
        var pairs: [[[UInt8]]] = []
        try snapshot.scan(Samples.table, .all, .forward) { outer, _ in
            try snapshot.scan(Samples.table, .all, .forward) { inner, _ in
                pairs.append([[UInt8](outer), [UInt8](inner)])
                _ = try snapshot.value(of: [UInt8](inner), in: Samples.table)
                return .next
            }
            return .next
        }
        try expect(pairs, keys.flatMap { outer in keys.map { [outer, $0] } }, "pairs of nested scans")
    }
}

/// What a body throws, to see it come through.
struct Interruption: Error {}
