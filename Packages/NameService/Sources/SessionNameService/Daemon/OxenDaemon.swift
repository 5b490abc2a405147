public import SessionInterfaces

/// One daemon of the Oxen chain, asked over JSON-RPC. What it says is the opinion of whoever runs it. Follows protocol
/// document 05, sections 2.2 to 2.4.
public struct OxenDaemon: Sendable {
    /// Names, and owners, that a public daemon takes at a time.
    public static let maximumQuestionCount = 256

    let client: RPCClient

    /// - Parameter timeLimit: for each question.
    public init(_ endpoint: RPCEndpoint, transport: any Transport, timeLimit: Duration = .seconds(10)) {
        client = RPCClient(subject: "the daemon", endpoint: endpoint, transport: transport, timeLimit: timeLimit)
    }

    /// State of chain and daemon.
    /// - Throws: `OxenError`, or `CancellationError`; so do the others.
    public func info() async throws -> DaemonInfo {
        let info: DaemonInfo = try await client.call("get_info")
        try requireOK(info.status)
        return info
    }

    /// The record behind `name`.
    public func answer(about name: LedgerName) async throws -> NameAnswer {
        let fields: NameAnswer.Fields = try await client.call(LookUp.method, LookUp(name))
        do {
            return try fields.answer(name.type)
        } catch {
            throw OxenError(.invalidAnswer, "the daemon gives no record that a name can have", underlying: error)
        }
    }

    /// Who owns `name`, since when and until when; nil when it is not registered.
    /// - Parameter version: the daemon's major version, as `info()` says it: the question differs.
    public func entry(of name: LedgerName, version: Int) async throws -> LedgerEntry? {
        // A daemon of version 11 can crash when asked about the owner of an unregistered name.
        guard case .record = try await answer(about: name) else { return nil }
        let entries: [LedgerEntry]
        if version >= 11 {
            let question = OwnersQuestion(nameHash: [name.base64Hash], type: [name.type.rawValue])
            let answer: Owners = try await client.call("ons_names_to_owners", question)
            try requireOK(answer.status)
            entries = answer.result ?? []
        } else {
            let question = OldOwnersQuestion(
                entries: [.init(nameHash: name.base64Hash, types: [name.type.rawValue])])
            let answer: Entries = try await client.call("ons_names_to_owners", question)
            try requireOK(answer.status)
            entries = answer.entries ?? []
        }
        return entries.first { $0.nameHash == name.hash && $0.type == name.type }
    }

    /// What `owners` own, alone or with others: hashes and records, never names.
    /// - Parameter owners: up to 256 Oxen addresses or Ed25519 keys in hexadecimal digits.
    public func entries(ownedBy owners: [String], includingExpired: Bool = false) async throws -> [LedgerEntry] {
        guard (1...Self.maximumQuestionCount).contains(owners.count) else {
            throw OxenError(
                .invalidOwner, "the daemon is asked about 1 to \(Self.maximumQuestionCount) owners at a time")
        }
        let answer: Entries = try await client.call(
            "ons_owners_to_names", NamesQuestion(entries: owners, includeExpired: includingExpired))
        try requireOK(answer.status)
        return answer.entries ?? []
    }

    /// Where the transaction is.
    public func sighting(of transaction: Bytes32) async throws -> TransactionSighting {
        let answer: Transactions = try await client.call(
            "get_transactions", TransactionQuestion(txHashes: [transaction.hex], txExtra: true))
        try requireOK(answer.status)
        guard let found = answer.txs?.first(where: { $0.txHash.lowercased() == transaction.hex }) else {
            return .unknown
        }
        if found.inPool == true { return .waiting }
        return .mined(height: found.blockHeight ?? 0)
    }

    private func requireOK(_ status: String?) throws(OxenError) {
        guard status == "OK" else { throw OxenError(.refused, "the daemon answers with a status other than OK") }
    }
}

/// Where a transaction is.
public enum TransactionSighting: Hashable, Sendable {
    /// The daemon has never seen it, or has forgotten it.
    case unknown
    /// It waits for a block.
    case waiting
    case mined(height: UInt64)
}
