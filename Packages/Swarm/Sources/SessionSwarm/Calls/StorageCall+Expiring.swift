public import SessionInterfaces

/// What one member did about an `expire`. Follows protocol document 02, section 4.12.
public struct ExpiryOutcome: Hashable, Sendable {
    /// Messages with a new expiry: the one that the member applied.
    public let updated: [MessageHash: Timestamp]
    /// Messages that keep their own expiry, because it is on the right side of the given one already.
    public let unchanged: [MessageHash: Timestamp]
    /// Messages that the member does not have: what has to stay must be stored again.
    public let gone: Set<MessageHash>

    public init(
        updated: [MessageHash: Timestamp], unchanged: [MessageHash: Timestamp] = [:], gone: Set<MessageHash> = []
    ) {
        self.updated = updated
        self.unchanged = unchanged
        self.gone = gone
    }
}

extension StorageCall where Answer == SwarmAnswer<ExpiryOutcome> {
    /// Changes when messages expire. Every member that can be heard is reported: each has its own messages.
    /// - Parameters:
    ///   - expiries: one for all messages, or one for each.
    ///   - change: whoever has no right to delete may only `.extend`.
    public static func expire(
        _ hashes: [MessageHash], of account: AccountID, at expiries: [Timestamp], _ change: SignedText.ExpiryChange,
        credential: SwarmCredential, quorum: Quorum = .one
    ) -> StorageCall {
        StorageCall(about: account) { (_) throws(SwarmError) in
            try .expire(hashes, of: account, at: expiries, change, credential: credential)
        } answer: { body, origin in
            try SwarmAnswer(body, from: origin, quorum: quorum) { part in
                ExpiryPart(part, requested: hashes).map { ($0.signedText(account, requested: hashes), $0.outcome) }
            }
        }
    }
}

/// One member's part of the answer to `expire`.
private struct ExpiryPart {
    /// Ascending.
    private let updated: [MessageHash]
    /// One for all updated messages, or one for each.
    private let applied: [Timestamp]
    private let unchanged: [MessageHash: Timestamp]
    private let gone: Set<MessageHash>

    init?(_ part: JSONValue, requested: [MessageHash]) {
        guard let updated = part["updated"]?.ascendingHashes else { return nil }
        switch part["expiry"] {
        case .array(let list):
            applied = list.compactMap { Timestamp(plausible: $0) }
            guard applied.count == list.count, applied.count == updated.count else { return nil }
        case let expiry:
            guard let expiry = Timestamp(plausible: expiry) else { return nil }
            applied = [expiry]
        }
        var unchanged: [MessageHash: Timestamp] = [:]
        for (text, expiry) in part["unchanged"]?.members ?? [:] {
            guard let hash = MessageHash(text), let expiry = Timestamp(plausible: expiry) else { return nil }
            unchanged[hash] = expiry
        }
        var rest = Set(requested)
        guard updated.allSatisfy({ rest.remove($0) != nil }), unchanged.keys.allSatisfy({ rest.remove($0) != nil })
        else { return nil }
        self.updated = updated
        self.unchanged = unchanged
        gone = rest
    }

    var outcome: ExpiryOutcome {
        var expiries: [MessageHash: Timestamp] = [:]
        for (position, hash) in updated.enumerated() {
            expiries[hash] = applied.count == 1 ? applied[0] : applied[position]
        }
        return ExpiryOutcome(updated: expiries, unchanged: unchanged, gone: gone)
    }

    func signedText(_ account: AccountID, requested: [MessageHash]) -> SignedText {
        .confirmedExpire(account, applied, requested: requested, updated: updated, unchanged: unchanged)
    }
}
