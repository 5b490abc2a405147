import SessionInterfaces
import Synchronization

/// The numbers of tables that were found committed. A table keeps its number for ever, so that what was once found need
/// not be looked up again.
final class TableNumbers: Sendable {
    private let known = Mutex<[StoreTable: TableNumber]>([:])

    /// Nil when `tree`, a reader's, has no such table.
    func number(of table: StoreTable, in tree: Tree) throws -> TableNumber? {
        if let number = known.withLock({ $0[table] }) { return number }
        guard let number = try tree.note(of: table)?.number else { return nil }
        known.withLock { $0[table] = number }
        return number
    }
}
