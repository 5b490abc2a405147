import SessionCrypto
import SessionInterfaces
import Synchronization

/// The seals of all tables. The layout of a table's keys is noted in the store when the first entry is put into it, and
/// then holds, whatever a later program would choose.
final class TableSeals: Sendable {
    /// Where a sealed store keeps its header and its notes. Nobody else gets to see it.
    static let table: StoreTable = "session.sealed"
    static let headerKey: [UInt8] = [0]

    private struct State {
        /// Layouts that are noted in the store.
        var noted: [StoreTable: KeyLayout]
        var seals: [StoreTable: TableSeal] = [:]
    }

    private let keys: SealKeys
    private let chosen: [StoreTable: KeyLayout]
    private let own: TableSeal
    private let state: Mutex<State>

    init(_ keys: SealKeys, chosen: [StoreTable: KeyLayout], in snapshot: any StoreSnapshot) throws {
        let own = TableSeal(Self.table, .opaque, keys)
        var noted: [StoreTable: KeyLayout] = [:]
        try snapshot.scan(Self.table, .all, .forward) { key, value in
            let key = [UInt8](key)
            guard key != Self.headerKey else { return .next }
            let entry = try own.open(value, at: key)
            let layout = try entry.withSpans { _, value in try KeyLayout(stored: [UInt8](value)) }
            noted[try StoreTable(String(decoding: entry.key, as: UTF8.self))] = layout
            return .next
        }
        (self.keys, self.chosen, self.own) = (keys, chosen, own)
        state = Mutex(State(noted: noted))
    }

    func seal(of table: StoreTable) throws -> TableSeal {
        try Self.check(table)
        return state.withLock { state in
            if let seal = state.seals[table] { return seal }
            let seal = TableSeal(table, state.noted[table] ?? chosen[table] ?? .opaque, keys)
            state.seals[table] = seal
            return seal
        }
    }

    /// Whether nothing is noted of the table yet.
    func isNew(_ table: StoreTable) -> Bool { state.withLock { $0.noted[table] == nil } }

    /// Notes the layout of the table's keys in the store.
    func note(_ table: StoreTable, nonce: [UInt8], in transaction: any StoreTransaction) throws {
        let name = Array(table.name.utf8)
        let key = own.storedKey(name)
        let layout = try seal(of: table).layout
        try transaction.put(try own.seal(layout.stored(), for: name, at: key, nonce: nonce), for: key, in: Self.table)
    }

    /// To be called when the notes are committed.
    func committed(_ tables: Set<StoreTable>) {
        guard !tables.isEmpty else { return }
        state.withLock { state in
            for table in tables { state.noted[table] = state.seals[table]?.layout }
        }
    }

    static func check(_ table: StoreTable) throws {
        guard table != Self.table else {
            throw StoreError(.invalidTable, "the table '\(table)' belongs to the sealed store itself")
        }
    }
}
