import SessionInterfaces

/// What a worker writes until it is killed, and how to tell afterwards whether all is as it should be.
///
/// Each writer counts its transactions in one table. In the same transaction it puts a group of entries into another,
/// and removes the group of three transactions before. So the counters say exactly what must be there.
enum Load {
    static let writers = 3
    private static let counters: StoreTable = "load.counters"
    private static let groups: StoreTable = "load.groups"
    private static let groupSize = 5
    private static let groupsKept: UInt64 = 3

    /// Writes without end.
    /// - Parameter acknowledge: told of each transaction that is done.
    static func run(on store: any Store, acknowledge: @escaping @Sendable (Int, UInt64) -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<writers {
                group.addTask {
                    var number = try await store.read { try count(of: writer, in: $0) }
                    while true {
                        number += 1
                        let next = number
                        // Neither kind may lose what it has acknowledged when only the process ends.
                        try await store.write(durability: writer == 0 ? .relaxed : .full) {
                            try write(writer, next, in: $0)
                        }
                        acknowledge(writer, next)
                    }
                }
            }
            try await group.next()
        }
    }

    private static func write(_ writer: Int, _ number: UInt64, in transaction: any StoreTransaction) throws {
        for entry in entries(writer, number) { try transaction.put(entry.value, for: entry.key, in: groups) }
        if number > groupsKept {
            try transaction.removeAll(withPrefix: prefix(writer, number - groupsKept), from: groups)
        }
        try transaction.put(bytes(number), for: bytes(UInt64(writer)), in: counters)
    }

    /// How many transactions of each writer there are, when everything is whole.
    /// - Parameter acknowledged: the last transaction of each writer that is known to have been done.
    static func verify(_ store: any Store, acknowledged: [UInt64]) async throws -> [UInt64] {
        try await store.verify()
        return try await store.read { snapshot in
            let numbers = try (0..<writers).map { try count(of: $0, in: snapshot) }
            for (writer, number) in numbers.enumerated() {
                let least = acknowledged[writer]
                try expect(
                    (least...least + 1).contains(number),
                    "writer \(writer) had \(least) writes acknowledged and one under way; found are \(number)")
            }
            let expected = numbers.enumerated().flatMap { writer, number in
                (number - min(number, groupsKept)..<number).flatMap { entries(writer, $0 + 1) }
            }
            try expect(snapshot.entries(groups).map(\.key), expected.map(\.key), "keys after a crash")
            try expect(snapshot.entries(groups).map(\.value), expected.map(\.value), "values after a crash")
            return numbers
        }
    }

    private static func count(of writer: Int, in snapshot: any StoreSnapshot) throws -> UInt64 {
        let stored = try snapshot.value(of: bytes(UInt64(writer)), in: counters)
        return stored?.reduce(0) { $0 << 8 | UInt64($1) } ?? 0
    }

    /// In the order of their keys. Some are long, some values are large.
    private static func entries(_ writer: Int, _ number: UInt64) -> [StoreEntry] {
        (0..<groupSize).map { position in
            let tail = position == groupSize - 1 ? [UInt8](repeating: 0x61, count: 700) : []
            let size = position == 0 && number % 7 == 0 ? 40_000 : position * 90
            let value = [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: size)
            return StoreEntry(key: prefix(writer, number) + [UInt8(position)] + tail, value: bytes(number) + value)
        }
    }

    private static func prefix(_ writer: Int, _ number: UInt64) -> [UInt8] { bytes(UInt64(writer)) + bytes(number) }

    private static func bytes(_ number: UInt64) -> [UInt8] {
        withUnsafeBytes(of: number.bigEndian) { [UInt8]($0) }
    }
}
