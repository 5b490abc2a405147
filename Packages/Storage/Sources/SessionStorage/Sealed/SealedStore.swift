public import SessionCrypto
public import SessionInterfaces

/// A store that encrypts what another one keeps.
///
/// Values and keys are sealed with XChaCha20-Poly1305 and bound to their table and place. Of keys, numbers stay readable,
/// because they keep the order; identifiers are replaced by keyed hashes: see `KeyLayout`. Order and ranges are those of
/// the keys all the same. A range inside of one identifier costs what it costs the other store; one that goes across
/// identifiers is read as a whole and sorted first.
///
/// What stays visible: names of tables, numbers in keys, sizes, and which entries of a table share an identifier.
///
/// The key of all this is drawn at random and wrapped with a key made of a passphrase or key file. So another passphrase
/// costs one small write.
public final class SealedStore: Store {
    /// Bytes of the largest value: a little less than of other stores.
    public static let valueSize = StoreLimits.valueSize - StoreLimits.keySize - TableSeal.overhead

    private let inner: any Store
    private let master: SecretBytes
    private let seals: TableSeals
    private let random: any RandomSource

    /// Opens what is sealed in `inner`, or seals it when nothing has ever been put into it.
    /// - Parameters:
    ///   - layouts: of the keys of tables that are made from now on; the keys of others are one identifier.
    ///   - cost: of a passphrase, when the store is sealed just now.
    /// - Throws: `StoreError`: `.wrongKey`, `.sealed` when `inner` has data that is not sealed, `.corrupted`.
    public static func open(
        _ inner: any Store, with secret: SealingSecret, layouts: [StoreTable: KeyLayout] = [:],
        cost: Argon2id.Cost = .moderate, random: any RandomSource = CryptoRandom()
    ) async throws -> SealedStore {
        let master: SecretBytes
        if let header = try await header(of: inner) {
            master = try await header.unwrap(with: secret)
        } else {
            let isEmpty = try await inner.read { snapshot in
                try snapshot.tables().allSatisfy { try snapshot.count($0) == 0 }
            }
            guard isEmpty else {
                throw StoreError(.sealed, "the store has data that is not sealed")
            }
            master = SecretBytes.random(count: 32, from: random)
            try await write(.wrapping(master, with: secret, cost: cost, random: random), to: inner)
        }
        let keys = SealKeys(master: master)
        let seals = try await inner.read { try TableSeals(keys, chosen: layouts, in: $0) }
        return SealedStore(inner, master, seals, random)
    }

    private init(_ inner: any Store, _ master: SecretBytes, _ seals: TableSeals, _ random: any RandomSource) {
        (self.inner, self.master, self.seals, self.random) = (inner, master, seals, random)
    }

    /// Whether what `store` keeps is sealed.
    public static func isSealed(_ store: any Store) async throws -> Bool {
        try await header(of: store) != nil
    }

    /// From now on `secret` opens the store, and nothing else does. No entry is written anew.
    ///
    /// What the backend keeps of pages no longer in use may still hold the old wrapping, until the store is compacted.
    public func change(to secret: SealingSecret, cost: Argon2id.Cost = .moderate) async throws {
        try await Self.write(.wrapping(master, with: secret, cost: cost, random: random), to: inner)
    }

    public func read<R: Sendable>(_ body: @Sendable (any StoreSnapshot) throws -> R) async throws -> R {
        try await inner.read { try body(SealedSnapshot(inner: $0, seals: seals)) }
    }

    public func write<R: Sendable>(
        durability: Durability, _ body: @escaping @Sendable (any StoreTransaction) throws -> R
    ) async throws -> R {
        let (result, noted) = try await inner.write(durability: durability) { [seals, random] in
            let transaction = SealedTransaction($0, seals, random: random)
            return (try body(transaction), transaction.noted)
        }
        seals.committed(noted)
        return result
    }

    public func statistics() async throws -> StoreStatistics {
        var statistics = try await inner.statistics()
        statistics.entries[TableSeals.table] = nil
        return statistics
    }

    public func verify() async throws {
        try await inner.verify()
        try await read { try $0.verifyEntries() }
    }

    public func close() async { await inner.close() }

    private static func header(of store: any Store) async throws -> SealHeader? {
        let stored = try await store.read { try $0.value(of: TableSeals.headerKey, in: TableSeals.table) }
        return try stored.map { try SealHeader(stored: $0) }
    }

    private static func write(_ header: SealHeader, to store: any Store) async throws {
        try await store.write { try $0.put(header.stored, for: TableSeals.headerKey, in: TableSeals.table) }
    }
}
