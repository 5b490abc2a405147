import SessionCrypto
public import SessionInterfaces

/// A subscription to what arrives for an account, for the network's own binary protocols: it lives for 65 minutes, and
/// is renewed with the same bytes. Follows protocol document 02, section 4.20.
public struct MonitorRequest: Hashable, Sendable {
    public let account: AccountID
    /// Ascending, each once.
    public let namespaces: [Namespace]
    public let includesData: Bool
    /// Whole seconds.
    public let signedAt: Timestamp
    public let signature: [UInt8]
    private let proof: Proof

    private enum Proof: Hashable, Sendable {
        case standard(Ed25519PublicKey)
        case account
        case subaccount(token: [UInt8], signature: [UInt8])
    }

    /// - Parameter namespaces: at least one; order and repetition do not matter.
    /// - Throws: `SwarmError(.invalidRequest)` without a namespace, or for a credential that does not serve.
    public init(
        _ account: AccountID, _ namespaces: some Sequence<Namespace>, includesData: Bool, credential: SwarmCredential,
        signedAt moment: Timestamp
    ) throws(SwarmError) {
        let namespaces = Set(namespaces).sorted()
        guard !namespaces.isEmpty else { throw SwarmError(.invalidRequest, "the subscription names no namespace") }
        let text = SignedText.monitor(account, namespaces, includesData: includesData, at: moment)
        signature = try credential.signature(of: text, for: account, needing: .read)
        self.account = account
        self.namespaces = namespaces
        self.includesData = includesData
        signedAt = Timestamp(milliseconds: moment.milliseconds / 1000 * 1000)
        proof =
            switch credential {
            case .owner(let keys): account.prefix == .standard ? .standard(keys.publicKey) : .account
            case .subaccount(let key): .subaccount(token: key.token, signature: key.tokenSignature)
            }
    }

    /// A subscription that a member of a group has signed already, as it gives it to a push server.
    /// - Parameters:
    ///   - signature: by the key of the token, 64 bytes.
    ///   - tokenSignature: the group's, 64 bytes.
    public init(
        _ account: AccountID, _ namespaces: some Sequence<Namespace>, includesData: Bool, signedAt moment: Timestamp,
        signature: [UInt8], token: [UInt8], tokenSignature: [UInt8]
    ) {
        self.account = account
        self.namespaces = Set(namespaces).sorted()
        self.includesData = includesData
        self.signature = signature
        signedAt = Timestamp(milliseconds: moment.milliseconds / 1000 * 1000)
        proof = .subaccount(token: token, signature: tokenSignature)
    }

    /// The body of the request. Several of them may go together as a list.
    public var bencoded: Bencoded {
        var entries: [Bencoded.Entry] = [
            .init("n", .list(namespaces.map { .integer(Int64($0.rawValue)) })),
            .init("s", .bytes(signature)),
            .init("t", .integer(signedAt.milliseconds / 1000)),
        ]
        if includesData { entries.append(.init("d", .integer(1))) }
        switch proof {
        case .standard(let key): entries.append(.init("P", .bytes(key.bytes.bytes)))
        case .account: entries.append(.init("p", .bytes(account.bytes)))
        case .subaccount(let token, let signature):
            entries += [
                .init("p", .bytes(account.bytes)), .init("S", .bytes(signature)), .init("T", .bytes(token)),
            ]
        }
        return .dictionary(entries)
    }
}
