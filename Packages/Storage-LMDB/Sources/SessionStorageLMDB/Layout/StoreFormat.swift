import SessionInterfaces

/// The entry by which a store knows its own data file.
enum StoreFormat {
    static let version: UInt8 = 1
    private static let mark = Array("session-store".utf8)

    /// Marks an empty database as a store, or checks the mark.
    /// - Throws: `StoreError(.corrupted)` for a database of another kind, `StoreError(.unsupportedVersion)`.
    static func establish(in tree: Tree) throws {
        guard let value = try tree.value(of: StoredKey.format) else {
            try tree.walk(from: [0], .forward) { _, _ in
                throw StoreError(.corrupted, "the data file is an LMDB database, but no store")
            }
            return try tree.put(mark + [version], for: StoredKey.format)
        }
        guard value.dropLast().elementsEqual(mark), let found = value.last, found > 0 else {
            throw StoreError(.corrupted, "the mark of the store is damaged")
        }
        guard found <= version else {
            throw StoreError(
                .unsupportedVersion, "the store has format \(found), but this program knows \(version)")
        }
    }
}
