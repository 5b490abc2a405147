import SessionCrypto
public import SessionInterfaces

/// What a store holds, in few bytes: the number of entries and a checksum of each table. It is the same for stores with
/// the same entries, whatever their backends.
public struct StoreDigest: Hashable, Sendable {
    public struct Table: Hashable, Sendable {
        public var count = 0
        /// 32 bytes: BLAKE2b over the one before, and the next entry.
        public var checksum = Bytes32()
    }

    /// Tables with at least one entry.
    public private(set) var tables: [StoreTable: Table] = [:]

    /// Number of entries in all.
    public var count: Int { tables.values.reduce(0) { $0 + $1.count } }

    /// 32 bytes over all tables.
    public var checksum: Bytes32 {
        let tables = tables.sorted { $0.key < $1.key }
        return BLAKE2b.hash32(
            tables.flatMap { name, table in
                Array(name.name.utf8) + [0] + table.checksum.bytes + Self.bytes(table.count)
            })
    }

    /// Reads all of a store, which is not to be changed meanwhile.
    /// - Parameters:
    ///   - hidden: a table that does not count.
    ///   - progress: told from time to time how many entries have been read.
    public static func of(
        _ store: any Store, without hidden: StoreTable? = nil,
        progress: @Sendable (Int) -> Void = { _ in }
    ) async throws -> StoreDigest {
        var (digest, read) = (StoreDigest(), 0)
        for name in try await store.read({ try $0.tables() }) where name != hidden {
            var (table, next) = (Table(), KeyRange?.some(.all))
            while let range = next {
                try Task.checkCancellation()
                let start = table
                (table, next) = try await store.read { try extend(start, with: name, range, in: $0) }
                progress(read + table.count)
            }
            read += table.count
            if table.count > 0 { digest.tables[name] = table }
        }
        return digest
    }

    /// Reads on, but not for so long that others would have to wait.
    private static func extend(
        _ table: Table, with name: StoreTable, _ range: KeyRange, in snapshot: any StoreSnapshot
    ) throws -> (Table, KeyRange?) {
        var (table, last) = (table, [UInt8]?.none)
        let end = table.count + 5000
        try snapshot.scan(name, range, .forward) { key, value in
            let (key, value) = ([UInt8](key), [UInt8](value))
            table.checksum = BLAKE2b.hash32(
                table.checksum.bytes, bytes(key.count), key, bytes(value.count), value)
            table.count += 1
            guard table.count < end else {
                last = key
                return .stop
            }
            return .next
        }
        return (table, last.map { .after($0) })
    }

    private static func bytes(_ number: Int) -> [UInt8] {
        withUnsafeBytes(of: UInt64(number).littleEndian) { [UInt8]($0) }
    }
}
