import SessionInterfaces

/// A store of known content, whose files are damaged.
enum Damage {
    private static let tables: [StoreTable] = ["damage.one", "damage.two"]
    private static let entriesByTable = 400

    /// Errors that say what is wrong. Anything else is as bad as wrong data.
    static func isAnnounced(by error: StoreError) -> Bool {
        [.corrupted, .unsupportedVersion, .inaccessible].contains(error.code)
    }

    /// Writes the content, with some history, so that the files have pages that are free as well.
    static func prepare(_ store: any Store) async throws {
        for round in 0..<3 {
            try await store.write { transaction in
                for table in tables {
                    try transaction.removeAll(.all, from: table)
                    for entry in content(round) { try transaction.put(entry.value, for: entry.key, in: table) }
                }
            }
        }
    }

    /// Reads all of it in every way, then writes.
    /// - Throws: `StoreError` that says what is wrong, or `ConformanceFailure` for wrong data.
    static func inspect(_ store: any Store) async throws {
        try await store.read { snapshot in
            let expected = content(2)
            for table in tables {
                try expect(snapshot.entries(table), expected, "entries of a damaged store")
                try expect(snapshot.entries(table, .all, .backward), expected.reversed(), "entries backward")
                try expect(snapshot.count(table), expected.count, "count of a damaged store")
                for entry in expected {
                    try expect(snapshot.value(of: entry.key, in: table), entry.value, "a value of a damaged store")
                }
            }
            try expect(snapshot.tables(), tables, "tables of a damaged store")
        }
        try await store.verify()
        try await store.write { transaction in
            for table in tables {
                try transaction.removeAll(KeyRange(from: Samples.key(100), upTo: Samples.key(200)), from: table)
                for entry in content(0) { try transaction.put(entry.value, for: entry.key, in: table) }
            }
        }
        try await store.read { snapshot in
            try expect(snapshot.entries(tables[0]), content(0), "entries written to a damaged store")
        }
        try await store.verify()
    }

    private static func content(_ round: Int) -> [StoreEntry] {
        (0..<entriesByTable).map { number in
            let tail = number % 50 == 0 ? [UInt8](repeating: 0x61, count: 600) : []
            let size = number % 40 == 0 ? 9000 : number % 11 * 25
            let value = [UInt8](repeating: UInt8(truncatingIfNeeded: number + round), count: size)
            return StoreEntry(key: Samples.key(number) + tail, value: value)
        }
    }
}
