import SessionInterfaces

/// What one body may read and change.
///
/// Keys and values are lent as copies: in a transaction, a change may move what lies in the map.
final class LMDBTransaction: StoreTransaction {
    private let tree: Tree
    /// The tables in use, as they will be noted.
    private var tablesInUse: [TableInUse] = []
    private var positions: [StoreTable: Int] = [:]
    /// Where in `tablesInUse` the table of the last call is: mostly that of the next one too.
    private var latest = 0
    /// Number of changes so far, by which a scan sees that its body made one.
    private(set) var changes = 0

    private struct TableInUse {
        let table: StoreTable
        var note: TableNote
        var isChanged = false
    }

    init(_ tree: Tree) { self.tree = tree }

    /// Writes down how many entries the tables have now.
    func finish() throws {
        for entry in tablesInUse where entry.isChanged { try tree.setNote(entry.note, of: entry.table) }
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
        try lower(&note, by: 1, of: table)
        return true
    }

    func removeAll(_ range: KeyRange, from table: StoreTable) throws -> Int {
        guard var note = try note(of: table) else { return 0 }
        changes += 1
        var removed = try tree.removeShort(range, from: note.number)
        if removed > 0 { try lower(&note, by: removed, of: table) }
        // What is left begins with a long key.
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
        changes += 1
        var note = try note(of: table) ?? create(table)
        guard try tree.put(value, for: key, in: note.number, replacing: replacing) else { return false }
        note.count += 1
        update(note, of: table)
        return true
    }

    private func lower(_ note: inout TableNote, by removed: Int, of table: StoreTable) throws {
        guard note.count >= removed else {
            throw StoreError(.corrupted, "the table '\(table)' has more entries than noted")
        }
        note.count -= removed
        update(note, of: table)
    }

    private func update(_ note: TableNote, of table: StoreTable) {
        guard let position = position(of: table) else { return }
        tablesInUse[position].note = note
        tablesInUse[position].isChanged = true
    }

    private func note(of table: StoreTable) throws -> TableNote? {
        if let position = position(of: table) { return tablesInUse[position].note }
        guard let note = try tree.note(of: table) else { return nil }
        use(table, note)
        return note
    }

    private func use(_ table: StoreTable, _ note: TableNote) {
        latest = tablesInUse.count
        positions[table] = latest
        tablesInUse.append(TableInUse(table: table, note: note))
    }

    private func position(of table: StoreTable) -> Int? {
        if latest < tablesInUse.count, tablesInUse[latest].table == table { return latest }
        guard let position = positions[table] else { return nil }
        latest = position
        return position
    }

    private func create(_ table: StoreTable) throws -> TableNote {
        // Tables are never given up, so their number is the highest number in use.
        let count = try tree.catalog().count
        guard count < TableNumber.last.value else {
            throw StoreError(.failed, "the store has \(count) tables and takes no more")
        }
        let note = TableNote(number: TableNumber(value: UInt16(count) + 1), count: 0)
        try tree.setNote(note, of: table)
        use(table, note)
        return note
    }
}
