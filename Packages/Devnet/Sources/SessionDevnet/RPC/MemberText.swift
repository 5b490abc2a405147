import SessionInterfaces
import SessionSwarm

/// What a member signs to confirm its part: plain concatenation. Follows protocol document 02, section 4.5.
struct MemberText {
    private(set) var bytes: [UInt8]

    /// - Parameter affected: Ascending.
    init(
        _ account: AccountKey, _ moments: Timestamp..., requested: [MessageHash] = [], affected: [MessageHash]
    ) {
        self.init(account, moments, requested: requested, affected: affected)
    }

    init(_ account: AccountKey, _ moments: [Timestamp], requested: [MessageHash] = [], affected: [MessageHash]) {
        bytes = Array(account.hex.utf8)
        for moment in moments { append(String(moment.milliseconds)) }
        for hash in requested { append(hash.text) }
        for hash in affected { append(hash.text) }
    }

    init(_ account: AccountKey, _ moment: Timestamp, tokens: [SubaccountToken]) {
        bytes = Array(account.hex.utf8)
        append(String(moment.milliseconds))
        for token in tokens { bytes.append(contentsOf: token.bytes) }
    }

    mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }
}

extension JSONValue {
    static func hashes(_ hashes: [MessageHash]) -> JSONValue { .array(hashes.map { .string($0.text) }) }

    /// Hashes of one namespace in a list, of all in lists by namespace.
    static func hashes(_ found: [FoundMessage], in scope: SignedText.Scope) -> JSONValue {
        guard scope == .all else { return .hashes(found.map(\.hash)) }
        let lists = Dictionary(grouping: found) { String($0.namespace.rawValue) }
        return .object(lists.mapValues { .hashes($0.map(\.hash)) })
    }
}

extension SignedText.Scope {
    /// Nil means all.
    var namespace: Namespace? {
        if case .namespace(let namespace) = self { namespace } else { nil }
    }
}
