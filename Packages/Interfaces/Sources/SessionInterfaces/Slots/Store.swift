/// The storage slot: named tables of binary keys in byte order.
///
/// - Reads see one consistent snapshot and never wait for the writer.
/// - There is one writer at a time; a write is applied whole or not at all.
/// - Keys are 1 to `StoreLimits.keySize` bytes; values are 0 to `StoreLimits.valueSize` bytes.
/// - A table exists as soon as something is put into it; reading an absent table finds nothing.
///
/// Of a store that keeps its data on a medium:
///
/// - One opening at a time holds it, in whatever process. A further one fails at once with `.locked`, and the message
///   names the process that holds it. The hold ends with that process, however it ends.
/// - A process that ends at any moment leaves every write behind whole or not at all, and all that had returned.
/// - When the medium is full, a write throws `.full` and changes nothing. Everything stays readable, and writes go on
///   when there is room again.
/// - Damaged data is found: opening, or reading what is damaged, throws `.corrupted`; it never ends the process.
/// - Data has a format version. A later one than the program knows is refused with `.unsupportedVersion`.
///
/// The closures run synchronously on a thread of the store's choosing: do no other work in them. What they receive is
/// valid only until they return. A backend is right when `SessionStorageConformance` passes.
public protocol Store: Sendable {
    /// Runs `body` on a snapshot of the whole store.
    /// - Throws: `StoreError`, or what `body` throws.
    func read<R: Sendable>(_ body: @Sendable (any StoreSnapshot) throws -> R) async throws -> R

    /// Runs `body` in a transaction that sees its own changes, then commits.
    ///
    /// When this returns, the changes are as durable as `durability` says. When it throws, nothing was changed.
    /// A store that has to start again runs `body` again, so it must not change anything else.
    /// - Throws: `StoreError`, or what `body` throws.
    func write<R: Sendable>(
        durability: Durability, _ body: @escaping @Sendable (any StoreTransaction) throws -> R
    ) async throws -> R

    func statistics() async throws -> StoreStatistics

    /// Reads everything and checks it against what the backend knows of it: structure, checksums, numbers of entries.
    ///
    /// The time grows with the size of the store.
    /// - Throws: `StoreError(.corrupted)`.
    func verify() async throws

    /// Waits for the writer and releases everything. Further calls fail with `.closed`; closing twice is harmless.
    func close() async
}

extension Store {
    /// A fully durable write.
    public func write<R: Sendable>(
        _ body: @escaping @Sendable (any StoreTransaction) throws -> R
    ) async throws -> R {
        try await write(durability: .full, body)
    }

    /// Reads every entry and counts: all that can be checked of a backend without checksums.
    public func verify() async throws {
        try await read { try $0.verifyEntries() }
    }
}

extension StoreSnapshot {
    /// Reads every entry, sees that keys ascend, and compares the numbers of entries with those noted.
    /// - Throws: `StoreError(.corrupted)`.
    public func verifyEntries() throws {
        for table in try tables() {
            var (found, previous) = (0, [UInt8]())
            try scan(table, .all, .forward) { key, _ in
                let key = [UInt8](key)
                guard previous.lexicographicallyPrecedes(key) else {
                    throw StoreError(.corrupted, "the keys of table '\(table)' are out of order")
                }
                (found, previous) = (found + 1, key)
                return .next
            }
            let noted = try count(table)
            guard found == noted else {
                throw StoreError(.corrupted, "table '\(table)' has \(found) entries, but \(noted) are noted")
            }
        }
    }
}

/// When a write counts as done.
public enum Durability: Hashable, Sendable {
    /// On the medium: survives a power failure.
    case full
    /// With the operating system: survives the end of the process; a power failure may lose it, but never corrupts.
    case relaxed
}
