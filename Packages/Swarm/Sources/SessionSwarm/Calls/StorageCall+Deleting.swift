public import SessionInterfaces

/// The messages that one member deleted, or whose expiry it changed.
public struct AffectedMessages: Hashable, Sendable {
    /// Ascending, each once.
    public let hashes: [MessageHash]
    /// The same by namespace, when the request was about all of them; else empty.
    public let byNamespace: [Namespace: [MessageHash]]

    public init(_ hashes: [MessageHash], byNamespace: [Namespace: [MessageHash]] = [:]) {
        self.hashes = hashes
        self.byNamespace = byNamespace
    }

    /// Nil unless `list` is a list of different hashes or, for a request about all namespaces, an object of such lists.
    init?(_ list: JSONValue?) {
        if let lists = list?.members {
            var byNamespace: [Namespace: [MessageHash]] = [:]
            for (name, list) in lists {
                guard let number = Int16(name), let hashes = list.ascendingHashes else { return nil }
                byNamespace[Namespace(rawValue: number)] = hashes
            }
            let hashes = byNamespace.values.joined().sorted()
            guard Set(hashes).count == hashes.count else { return nil }
            self.init(hashes, byNamespace: byNamespace)
        } else {
            guard let hashes = list?.ascendingHashes else { return nil }
            self.init(hashes)
        }
    }
}

extension JSONValue {
    /// A list of different message hashes in byte order; nil when it is anything else.
    var ascendingHashes: [MessageHash]? {
        guard let elements = array else { return nil }
        let hashes = elements.compactMap { $0.string.flatMap { MessageHash($0) } }
        guard hashes.count == elements.count, Set(hashes).count == hashes.count else { return nil }
        return hashes.sorted()
    }
}

extension StorageCall where Answer == SwarmAnswer<AffectedMessages> {
    /// Deletes messages, in whichever namespaces they are. Members that did not have them say so by leaving them out:
    /// that is no failure. Follows protocol document 02, section 4.8.
    public static func delete(
        _ hashes: [MessageHash], of account: AccountID, credential: SwarmCredential, quorum: Quorum = .one
    ) -> StorageCall {
        StorageCall(about: account) { (_) throws(SwarmError) in
            try .delete(hashes, of: account, credential: credential)
        } answer: { body, origin in
            let requested = Set(hashes)
            return try SwarmAnswer(body, from: origin, quorum: quorum) { part in
                guard let deleted = part["deleted"]?.ascendingHashes, requested.isSuperset(of: deleted) else {
                    return nil
                }
                return (
                    .confirmedDelete(account, requested: hashes, deleted: deleted), AffectedMessages(deleted)
                )
            }
        }
    }

    /// Deletes everything in one namespace, or in all. Follows protocol document 02, section 4.9.
    public static func deleteAll(
        _ scope: SignedText.Scope, of account: AccountID, credential: SwarmCredential, quorum: Quorum = .one
    ) -> StorageCall {
        StorageCall(about: account) { (time) throws(SwarmError) in
            try .deleteAll(scope, of: account, credential: credential, signedAt: time.moment)
        } answer: { body, origin in
            try SwarmAnswer(body, from: origin, quorum: quorum) { part in
                AffectedMessages(part["deleted"]).map {
                    (.confirmedDeleteAll(account, at: origin.signedAt, deleted: $0.hashes), $0)
                }
            }
        }
    }

    /// Deletes what was stored in `namespace` with a timestamp up to `moment`.
    /// Follows protocol document 02, section 4.10.
    public static func deleteBefore(
        _ moment: Timestamp, in namespace: Namespace, of account: AccountID, credential: SwarmCredential,
        quorum: Quorum = .one
    ) -> StorageCall {
        StorageCall(about: account) { (_) throws(SwarmError) in
            try .deleteBefore(moment, in: namespace, of: account, credential: credential)
        } answer: { body, origin in
            try SwarmAnswer(body, from: origin, quorum: quorum) { part in
                AffectedMessages(part["deleted"]).map {
                    (.confirmedDeleteBefore(account, moment, deleted: $0.hashes), $0)
                }
            }
        }
    }

    /// Lets everything in one namespace, or in all, expire at `expiry` if it would do so later.
    /// Follows protocol document 02, section 4.11.
    public static func expireAll(
        _ scope: SignedText.Scope, of account: AccountID, at expiry: Timestamp, credential: SwarmCredential,
        quorum: Quorum = .one
    ) -> StorageCall {
        StorageCall(about: account) { (_) throws(SwarmError) in
            try .expireAll(scope, of: account, at: expiry, credential: credential)
        } answer: { body, origin in
            try SwarmAnswer(body, from: origin, quorum: quorum) { part in
                AffectedMessages(part["updated"]).map {
                    (.confirmedExpireAll(account, expiry, updated: $0.hashes), $0)
                }
            }
        }
    }
}
