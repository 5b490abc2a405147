import SessionInterfaces

/// Writes until there is no room, and how to tell afterwards whether all is as it should be.
enum Filling {
    private static let table: StoreTable = "filling"
    private static let groupSize = 20

    /// Returns how many writes were done. The one for which there was no room has left nothing behind, and all others
    /// can be read.
    static func run(on store: any Store) async throws -> Int {
        var done = 0
        while true {
            do {
                try await write(done, to: store)
                done += 1
            } catch let error as StoreError where error.code == .full {
                break
            }
            guard done < 100_000 else { throw ConformanceFailure(description: "the store never was full") }
        }
        try await verify(store, writes: done)
        // It says the same again, if there is no room still.
        do {
            try await write(done, to: store)
            done += 1
        } catch let error as StoreError where error.code == .full {}
        try await verify(store, writes: done)
        return done
    }

    /// Checks that so many writes are there, and that more can be done.
    static func goOn(_ store: any Store, writes: Int) async throws {
        try await verify(store, writes: writes)
        try await write(writes, to: store)
        try await verify(store, writes: writes + 1)
        try await store.verify()
    }

    private static func write(_ number: Int, to store: any Store) async throws {
        try await store.write { transaction in
            for position in number * groupSize..<(number + 1) * groupSize {
                try transaction.put(value(position), for: Samples.key(position), in: table)
            }
        }
    }

    private static func verify(_ store: any Store, writes: Int) async throws {
        try await store.read { snapshot in
            var next = 0
            try snapshot.scan(table, .all, .forward) { key, found in
                let expected = value(next)
                try expect([UInt8](key), Samples.key(next), "key \(next) of a full store")
                try expect(Samples.isSame(found, expected), "value \(next) of a full store")
                next += 1
                return .next
            }
            try expect(next, writes * groupSize, "entries of a full store")
        }
    }

    private static func value(_ position: Int) -> [UInt8] {
        [UInt8](repeating: UInt8(truncatingIfNeeded: position), count: 3000)
    }
}
