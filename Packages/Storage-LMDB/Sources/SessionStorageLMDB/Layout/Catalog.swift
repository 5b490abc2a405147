import SessionInterfaces

/// What the store notes of a table.
struct TableNote {
    let number: TableNumber
    var count: Int

    init(number: TableNumber, count: Int) {
        self.number = number
        self.count = count
    }

    init(stored bytes: UnsafeRawBufferPointer) throws {
        let number = UInt16(bigEndian: bytes.prefix(2))
        let count = UInt64(bigEndian: bytes.dropFirst(2))
        // No store has so many entries; with fewer, counting up cannot overflow.
        guard bytes.count == 10, 1...TableNumber.last.value ~= number, count < 1 << 62 else {
            throw StoreError(.corrupted, "the note of a table is damaged")
        }
        self.number = TableNumber(value: number)
        self.count = Int(count)
    }

    var stored: [UInt8] { number.value.bigEndianBytes + UInt64(count).bigEndianBytes }
}

extension Tree {
    func note(of table: StoreTable) throws -> TableNote? {
        try value(of: StoredKey.catalog(table)).map(TableNote.init(stored:))
    }

    func setNote(_ note: TableNote, of table: StoreTable) throws {
        try put(note.stored, for: StoredKey.catalog(table))
    }

    /// Every table with its note, in byte order of their names.
    func catalog() throws -> [(table: StoreTable, note: TableNote)] {
        var tables: [(table: StoreTable, note: TableNote)] = []
        try walk(from: StoredKey.catalog, .forward) { key, value in
            guard key.starts(with: StoredKey.catalog) else { return .stop }
            let name = String(decoding: key.dropFirst(StoredKey.catalog.count), as: UTF8.self)
            do {
                tables.append((try StoreTable(name), try TableNote(stored: value)))
            } catch {
                throw StoreError(.corrupted, "the note of a table is damaged", underlying: error)
            }
            return .next
        }
        return tables
    }
}
