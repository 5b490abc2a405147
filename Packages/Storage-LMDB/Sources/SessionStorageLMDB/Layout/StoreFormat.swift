import SessionInterfaces

/// The entry by which a store knows its own data file.
enum StoreFormat {
    /// Version 1 had no checksums and never left the workshop.
    static let version: UInt8 = 2
    private static let mark = Array("session-store".utf8)

    /// Marks an empty database as a store, or checks the mark.
    /// - Throws: `StoreError(.corrupted)` for a database of another kind, `StoreError(.unsupportedVersion)`.
    static func establish(in tree: Tree, isReadOnly: Bool) throws {
        if let value = try tree.unchecked(StoredKey.format) { return try check(value) }
        guard !isReadOnly else { throw StoreError(.corrupted, "the data file is no store") }
        try tree.walk(from: [0], .forward) { _, _ in
            throw StoreError(.corrupted, "the data file is an LMDB database, but no store")
        }
        try tree.putUnchecked(mark + [version], for: StoredKey.format)
    }

    /// Checks the mark of a store. It has no checksum, so that later formats may have another.
    static func check(_ value: UnsafeRawBufferPointer) throws {
        guard value.dropLast().elementsEqual(mark), let found = value.last, found > 0 else {
            throw StoreError(.corrupted, "the mark of the store is damaged")
        }
        guard found == version else {
            throw StoreError(.unsupportedVersion, "the store has format \(found), but this program knows \(version)")
        }
    }
}
