import SessionInterfaces

/// A node's answer to one `retrieve`. Follows protocol document 02, section 4.7.
struct RetrieveBody {
    private let messages: [JSONValue]
    private let more: Bool

    /// - Throws: `SwarmError(.malformedAnswer)` when there is no list of messages.
    init(_ body: JSONValue) throws(SwarmError) {
        guard let messages = body["messages"]?.array else {
            throw SwarmError(.malformedAnswer, "a part of the answer has no list of messages")
        }
        self.messages = messages
        more = body["more"]?.isSet ?? false
    }

    /// What is genuine among the entries.
    func batch(of account: AccountID, _ namespace: Namespace) -> RetrievedBatch {
        var genuine: [StoredMessage] = []
        var rejected = 0
        var cursor: RetrievedBatch.Cursor?
        for entry in messages {
            guard let hash = entry["hash"]?.string.flatMap({ MessageHash($0) }), let data = entry["data"]?.string,
                let timestamp = Timestamp(plausible: entry["timestamp"]),
                let expiry = Timestamp(plausible: entry["expiration"])
            else {
                rejected += 1
                continue
            }
            cursor = RetrievedBatch.Cursor(hash: hash, expiry: expiry)
            switch Self.genuineness(of: data, hash, at: account, namespace) {
            case .genuine(let data):
                genuine.append(StoredMessage(hash: hash, timestamp: timestamp, expiry: expiry, data: data))
            case .misfiled: break
            case .forged: rejected += 1
            }
        }
        return RetrievedBatch(
            namespace: namespace, messages: genuine, more: more, rejected: rejected, cursor: cursor)
    }

    private enum Genuineness {
        case genuine([UInt8])
        /// A message of another namespace.
        case misfiled
        case forged
    }

    private static func genuineness(
        of text: String, _ hash: MessageHash, at account: AccountID, _ namespace: Namespace
    ) -> Genuineness {
        guard text.utf8.count <= StorageItem.maximumSize / 3 * 4, let data = Base64.decode(text) else { return .forged }
        if hash == .of(account: account, namespace: namespace, data: data) { return .genuine(data) }
        return isMisfiled(data, hash, at: account, namespace) ? .misfiled : .forged
    }

    /// Some nodes file messages that they took over from others under namespace 0, whatever their own was.
    /// Follows protocol document 02, section 6.3.
    private static func isMisfiled(
        _ data: [UInt8], _ hash: MessageHash, at account: AccountID, _ namespace: Namespace
    ) -> Bool {
        guard namespace == .messages else { return false }
        return account.otherNamespaces.contains { hash == .of(account: account, namespace: $0, data: data) }
    }
}

extension AccountID {
    /// The namespaces in use for this kind of account besides namespace 0.
    fileprivate var otherNamespaces: [Namespace] {
        switch prefix {
        case .standard: [.userProfile, .contacts, .conversationVolatile, .userGroups]
        case .group: [.groupMessages, .groupKeys, .groupInfo, .groupMembers, .revokedGroupMessages]
        case .blinded15, .blinded25, .unblinded, .versionCheck: []
        }
    }
}

extension Timestamp {
    /// Nil for what is no moment between 1970 and the year 9999: strangers' numbers shall not overflow later sums.
    init?(plausible value: JSONValue?) {
        guard let milliseconds = value?.integer, (0..<253_402_300_800_000).contains(milliseconds) else { return nil }
        self.init(milliseconds: milliseconds)
    }
}
