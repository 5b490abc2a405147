public import SessionInterfaces

/// Finds accounts by asking daemons of the chain, which must agree. Follows protocol document 05, section 1.9.
///
/// One that you run yourself is enough; those of others are one opinion each, and see the hash and who asks.
public struct OxendNameResolver: NameResolver {
    private let daemons: [OxenDaemon]

    public init(_ daemons: [OxenDaemon]) { self.daemons = daemons }

    public func resolve(_ name: String) async throws -> AccountID {
        try await value(of: SessionName(name).ledgerName, network: .mainnet).account
    }

    /// What `name` stands for, of whatever type.
    /// - Parameter network: whose addresses a wallet's name stands for.
    /// - Throws: `NameError`, or `CancellationError`.
    public func value(of name: LedgerName, network: OxenNetwork) async throws -> NameValue {
        switch NameAgreement(try await answers(about: name), on: name, network: network) {
        case .value(let value): return value
        case .legacy(let record): return try await record.value(for: name, network: network)
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
