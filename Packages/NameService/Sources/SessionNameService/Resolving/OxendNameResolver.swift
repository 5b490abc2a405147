public import SessionInterfaces

/// Finds accounts by asking daemons of the chain, which must agree. Follows protocol document 05, section 1.9.
///
/// One that you run yourself is enough; those of others are one opinion each, and see the hash and who asks.
public struct OxendNameResolver: NameResolver {
    private let daemons: [OxenDaemon]

    public init(_ daemons: [OxenDaemon]) { self.daemons = daemons }

    public func resolve(_ name: String) async throws -> AccountID {
        let name = try SessionName(name)
        switch NameAgreement(try await answers(about: name.ledgerName), on: name) {
        case .account(let account): return account
        case .legacy(let record): return try await record.account(for: name)
        case .failure(let error): throw error
        case .unreadable: throw NameError(.unavailable, "a daemon gives a record that cannot be read")
        }
    }

    /// The answers of all: a daemon that gives none is not made up for by the others.
    private func answers(about name: LedgerName) async throws -> [NameAnswer] {
        try await withThrowingTaskGroup(of: NameAnswer.self) { group in
            for daemon in daemons { group.addTask { try await daemon.answer(about: name) } }
            do {
                return try await group.reduce(into: []) { $0.append($1) }
            } catch let error as OxenError {
                throw NameError(.unavailable, "no daemon answers about the name", underlying: error)
            }
        }
    }
}
