import SessionInterfaces

extension StoreConformance {
    static let transactionChecks = [
        Check("a transaction sees its own changes") { place in
            let store = try await place.open()
            try await store.write { transaction in
                for key in Samples.shuffledKeys { try transaction.put([1], for: key, in: Samples.table) }
                try expect(transaction.entries(Samples.table).map(\.key), Samples.orderedKeys, "its keys")
                try expect(transaction.count(Samples.table), Samples.orderedKeys.count, "its count")
                try expect(transaction.tables(), [Samples.table], "its tables")
                for key in Samples.orderedKeys.dropLast() { try transaction.remove(key, from: Samples.table) }
                try expect(transaction.entries(Samples.table).map(\.key), Samples.orderedKeys.suffix(1), "what is left")
            }
        },
        Check("a transaction that throws leaves nothing") { place in
            let store = try await place.open()
            try await fill(store, Samples.orderedKeys)
            let before = try await store.read { try $0.entries(Samples.table) }
            do {
                try await store.write { transaction in
                    try transaction.removeAll(KeyRange(from: [1]), from: Samples.table)
                    try transaction.put([9], for: [0], in: Samples.table)
                    try transaction.put([9], for: [9], in: Samples.other)
                    throw Interruption()
                }
                throw ConformanceFailure(description: "write swallowed the error of its body")
            } catch is Interruption {}
            try await store.read { snapshot in
                try expect(snapshot.entries(Samples.table), before, "entries after a transaction that threw")
                try expect(snapshot.count(Samples.table), before.count, "count after a transaction that threw")
                try expect(snapshot.tables(), [Samples.table], "tables after a transaction that threw")
            }
            // A table that was given up is made again.
            try await store.write { try $0.put([1], for: [1], in: Samples.other) }
            let entries = try await store.read { try $0.entries(Samples.other) }
            try expect(entries, [StoreEntry(key: [1], value: [1])], "entries of a table made again")
        },
        Check("a scan's body may remove what it visits") { place in
            let store = try await place.open()
            for direction in [ScanDirection.forward, .backward] {
                try await fill(store, Samples.shuffledKeys)
                try await store.write { transaction in
                    var visited: [[UInt8]] = []
                    try transaction.scan(Samples.table, .all, direction) { key, value in
                        let (copy, before) = ([UInt8](key), [UInt8](value))
                        visited.append(copy)
                        try transaction.remove(copy, from: Samples.table)
                        // What was lent stays as it was, whatever the body does.
                        try expect([UInt8](key), copy, "a lent key")
                        try expect([UInt8](value), before, "a lent value")
                        return .next
                    }
                    let expected = direction == .forward ? Samples.orderedKeys : Samples.orderedKeys.reversed()
                    try expect(visited, expected, "keys visited while removing \(direction)")
                    try expect(transaction.count(Samples.table), 0, "count after removing what was visited")
                }
            }
        },
        Check("a scan's body may change the table around it") { place in
            let store = try await place.open()
            try await fill(store, (0..<200).map { Samples.key($0 * 2) })
            try await store.write { transaction in
                var visited: [[UInt8]] = []
                try transaction.scan(Samples.table, .all, .forward) { key, _ in
                    let copy = [UInt8](key)
                    visited.append(copy)
                    // Behind the scan, in no way ahead.
                    try transaction.put(Samples.value(0), for: [0], in: Samples.table)
                    try transaction.put([UInt8](repeating: 1, count: 3000), for: copy, in: Samples.table)
                    try transaction.remove([0], from: Samples.table)
                    return .next
                }
                try expect(visited, (0..<200).map { Samples.key($0 * 2) }, "keys visited while changing them")
            }
        },
        Check("a value is replaced only when it is the one expected") { place in
            let store = try await place.open()
            try await store.write { transaction in
                let table = Samples.table
                try expect(transaction.replace([1], with: [2], for: [0], in: table), false, "replacing what is absent")
                try expect(transaction.replace(nil, with: [], for: [0], in: table), true, "putting what is absent")
                try expect(transaction.replace(nil, with: [2], for: [0], in: table), false, "putting what is there")
                try expect(transaction.replace([1], with: [2], for: [0], in: table), false, "replacing another value")
                try expect(transaction.replace([], with: [3], for: [0], in: table), true, "replacing the value")
                try expect(transaction.value(of: [0], in: table), [3], "the value at the end")
            }
        },
        Check("a result comes back from the bodies") { place in
            let store = try await place.open()
            let written = try await store.write { transaction in
                try transaction.put([3], for: [1], in: Samples.table)
                return "written"
            }
            let read = try await store.read { try $0.value(of: [1], in: Samples.table).map { "read \($0)" } }
            try expect(written, "written", "result of write")
            try expect(read, "read [3]", "result of read")
        },
    ]
}
