public import SessionInterfaces

/// Copies all of one store into another, of whatever kind.
///
/// The copy may be interrupted at any moment: the next one into the same store goes on where it was, if the source still
/// has the same entries, and otherwise begins anew. It counts as done only when the target has been read back and has
/// the same number of entries and the same checksum. The source is only read.
public struct StoreCopy: Sendable {
    /// What is being done, and how far it has come.
    public struct Progress: Hashable, Sendable {
        public enum Phase: String, Sendable {
            /// Reading the source.
            case reading
            case copying
            /// Reading the target back.
            case verifying
        }

        public let phase: Phase
        public let done: Int
        public let total: Int
    }

    public struct Outcome: Hashable, Sendable {
        /// What source and target both hold.
        public let digest: StoreDigest
        /// How many entries an interrupted copy before had left.
        public let resumed: Int
    }

    /// Where a target notes how far the copy has come. It is empty afterwards.
    public static let table: StoreTable = "session.copy"
    static let noteKey: [UInt8] = [0]

    private let source: any Store
    private let target: any Store
    private let batchSize: Int
    private let batchBytes = 4 << 20

    /// - Parameters:
    ///   - source: not to be changed meanwhile.
    ///   - target: empty, or left by an interrupted copy.
    ///   - batchSize: most entries in one transaction.
    public init(from source: any Store, to target: any Store, batchSize: Int = 2000) {
        self.source = source
        self.target = target
        self.batchSize = max(batchSize, 1)
    }

    /// Copies what is not there yet, and verifies.
    /// - Throws: `StoreError`: `.occupied` when the target has other data, `.corrupted` when it does not hold what was
    ///   copied. `CancellationError`.
    public func run(progress: @escaping @Sendable (Progress) -> Void = { _ in }) async throws -> Outcome {
        let total = try await source.statistics().entries.values.reduce(0, +)
        let digest = try await StoreDigest.of(source, without: Self.table) {
            progress(Progress(phase: .reading, done: $0, total: total))
        }
        var note = try await beginning(of: digest)
        let resumed = note.done
        for name in digest.tables.keys.sorted() where note.table.map({ name >= $0 }) ?? true {
            var range = note.table == name ? note.last.map { KeyRange.after($0) } : KeyRange.all
            while let rest = range {
                try Task.checkCancellation()
                (note, range) = try await copy(name, rest, note)
                progress(Progress(phase: .copying, done: note.done, total: digest.count))
            }
        }
        try await target.verify()
        let copied = try await StoreDigest.of(target, without: Self.table) {
            progress(Progress(phase: .verifying, done: $0, total: digest.count))
        }
        guard copied == digest else {
            throw StoreError(.corrupted, "the copy does not hold what was copied; the source is as it was")
        }
        try await target.write { _ = try $0.removeAll(.all, from: Self.table) }
        return Outcome(digest: digest, resumed: resumed)
    }

    /// Where to begin: at the note of an interrupted copy of the same entries, or with an empty target.
    private func beginning(of digest: StoreDigest) async throws -> CopyNote {
        let start = CopyNote(checksum: digest.checksum, table: nil, last: nil, done: 0)
        let (note, isEmpty) = try await target.read { snapshot in
            let note = try snapshot.value(of: Self.noteKey, in: Self.table).map { try CopyNote(stored: $0) }
            return (note, try snapshot.tables().allSatisfy { try snapshot.count($0) == 0 })
        }
        if let note, note.checksum == start.checksum { return note }
        guard note != nil || isEmpty else {
            throw StoreError(.occupied, "the store to copy to has data of its own; choose an empty one")
        }
        try await target.write { transaction in
            for table in try transaction.tables() { try transaction.removeAll(.all, from: table) }
            try transaction.put(start.stored(), for: Self.noteKey, in: Self.table)
        }
        return start
    }

    /// Copies one batch, and notes that in the same transaction; nil for the rest when there is none.
    private func copy(_ name: StoreTable, _ range: KeyRange, _ note: CopyNote) async throws -> (CopyNote, KeyRange?) {
        let entries = try await source.read { snapshot in
            var (entries, bytes) = ([StoreEntry](), 0)
            try snapshot.scan(name, range, .forward) { key, value in
                entries.append(StoreEntry(key: [UInt8](key), value: [UInt8](value)))
                bytes += key.byteCount + value.byteCount
                return entries.count < batchSize && bytes < batchBytes ? .next : .stop
            }
            return entries
        }
        guard let last = entries.last else { return (note, nil) }
        let next = CopyNote(checksum: note.checksum, table: name, last: last.key, done: note.done + entries.count)
        // The note comes with what it notes: a power failure takes both.
        try await target.write(durability: .relaxed) { transaction in
            for entry in entries { try transaction.put(entry.value, for: entry.key, in: name) }
            try transaction.put(next.stored(), for: Self.noteKey, in: Self.table)
        }
        return (next, .after(last.key))
    }
}

/// How far a copy has come.
struct CopyNote: StoredRecord {
    static let formatVersion: UInt8 = 1

    /// What is being copied.
    let checksum: Bytes32
    /// The table that is being copied, and the last key that has been.
    let table: StoreTable?
    let last: [UInt8]?
    let done: Int

    init(checksum: Bytes32, table: StoreTable?, last: [UInt8]?, done: Int) {
        (self.checksum, self.table, self.last, self.done) = (checksum, table, last, done)
    }

    func encode(into writer: inout RecordWriter) {
        writer.fixed(checksum.bytes)
        writer.optional(table) { $0.text($1.name) }
        writer.optional(last) { $0.bytes($1) }
        writer.integer(done)
    }

    init(from reader: inout RecordReader, version: UInt8) throws {
        checksum = Bytes32(try reader.fixed(Bytes32.byteCount)) ?? Bytes32()
        table = try reader.optional { try StoreTable($0.text()) }
        last = try reader.optional { try $0.bytes() }
        done = try reader.integer()
    }
}
