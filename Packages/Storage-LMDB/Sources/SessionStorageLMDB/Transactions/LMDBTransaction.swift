import SessionInterfaces

/// What one body may read and change.
///
/// Keys and values are lent as copies: in a transaction, a change may move what lies in the map.
final class LMDBTransaction: StoreTransaction {
    private let tree: Tree
    /// The notes of the tables in use, as they will be.
    private var notes: [StoreTable: TableNote] = [:]
    private var changedTables: Set<StoreTable> = []
    /// Number of changes so far, by which a scan sees that its body made one.
    private var changes = 0

    init(_ tree: Tree) { self.tree = tree }

    /// Writes down how many entries the tables have now.
    func finish() throws {
        for table in changedTables {
            if let note = notes[table] { try tree.setNote(note, of: table) }
        }
    }

    func withValue<R>(of key: [UInt8], in table: StoreTable, _ body: (RawSpan) throws -> R) throws -> R? {
        try StoreLimits.check(key: key)
        guard let number = try note(of: table)?.number,
            let value = try tree.value(of: key, in: number).map({ [UInt8]($0) })
        else { return nil }
        return try body(value.span.bytes)
    }

    func scan(
        _ table: StoreTable, _ range: KeyRange, _ direction: ScanDirection,
        _ body: (RawSpan, RawSpan) throws -> ScanStep
    ) throws {
        guard let number = try note(of: table)?.number else { return }
        var rest: KeyRange? = range
        while let range = rest {
            rest = nil
            let changesBefore = changes
            try tree.scan(number, range, direction) { key, value in
                let (key, value) = ([UInt8](key), [UInt8](value))
                guard try body(key.span.bytes, value.span.bytes) == .next else { return .stop }
                guard changes != changesBefore else { return .next }
                // The place in the tree is no longer certain: begin anew behind this key.
                rest =
                    switch direction {
                    case .forward: KeyRange(from: KeyRange.after(key).lower, upTo: range.upper)
                    case .backward: KeyRange(from: range.lower, upTo: key)
                    }
                return .stop
            }
        }
    }

    func count(_ table: StoreTable) throws -> Int {
        try note(of: table)?.count ?? 0
    }

    func tables() throws -> [StoreTable] {
        // A new table has a note in the tree from the start.
        try tree.catalog().map(\.table)
    }

    func put(_ value: [UInt8], for key: [UInt8], in table: StoreTable) throws {
        _ = try put(value, for: key, in: table, replacing: true)
    }

    func putIfAbsent(_ value: [UInt8], for key: [UInt8], in table: StoreTable) throws -> Bool {
        try put(value, for: key, in: table, replacing: false)
    }

    func remove(_ key: [UInt8], from table: StoreTable) throws -> Bool {
        try StoreLimits.check(key: key)
        guard var note = try note(of: table) else { return false }
        changes += 1
        guard try tree.remove(key, from: note.number) else { return false }
        guard note.count > 0 else { throw StoreError(.corrupted, "the table '\(table)' has more entries than noted") }
        note.count -= 1
        update(note, of: table)
        return true
    }

    func removeAll(_ range: KeyRange, from table: StoreTable) throws -> Int {
        var removed = 0
        while case let keys = try keys(range, in: table, limit: 1024), !keys.isEmpty {
            for key in keys { _ = try remove(key, from: table) }
            removed += keys.count
        }
        return removed
    }

    private func keys(_ range: KeyRange, in table: StoreTable, limit: Int) throws -> [[UInt8]] {
        guard let number = try note(of: table)?.number else { return [] }
        var keys: [[UInt8]] = []
        try tree.scan(number, range, .forward) { key, _ in
            keys.append([UInt8](key))
            return keys.count < limit ? .next : .stop
        }
        return keys
    }

    private func put(_ value: [UInt8], for key: [UInt8], in table: StoreTable, replacing: Bool) throws -> Bool {
        try StoreLimits.check(key: key)
        try StoreLimits.check(value: value)
        var note = try note(of: table) ?? create(table)
        changes += 1
        guard try tree.put(value, for: key, in: note.number, replacing: replacing) else { return false }
        note.count += 1
        update(note, of: table)
        return true
    }

    private func update(_ note: TableNote, of table: StoreTable) {
        notes[table] = note
        changedTables.insert(table)
    }

    private func note(of table: StoreTable) throws -> TableNote? {
        if let note = notes[table] { return note }
        guard let note = try tree.note(of: table) else { return nil }
        notes[table] = note
        return note
    }

    private func create(_ table: StoreTable) throws -> TableNote {
        // Tables are never given up, so their number is the highest number in use.
        let count = try tree.catalog().count
        guard count < TableNumber.last.value else {
            throw StoreError(.failed, "the store has \(count) tables and takes no more")
        }
        let note = TableNote(number: TableNumber(value: UInt16(count) + 1), count: 0)
        try tree.setNote(note, of: table)
        notes[table] = note
        return note
    }
}
