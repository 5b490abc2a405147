public import SessionInterfaces

/// The bytes that the signature of a storage request covers: plain concatenation without separators.
/// Follows protocol document 02, section 4.4.
///
/// Hashes and tokens are signed in the order in which the request lists them.
public struct SignedText: Hashable, Sendable {
    public private(set) var bytes: [UInt8]

    /// Which namespaces a request is about.
    public enum Scope: Hashable, Sendable {
        case namespace(Namespace)
        case all

        var text: String {
            switch self {
            case .namespace(let namespace): namespace.signedText
            case .all: "all"
            }
        }
    }

    /// What `expire` does to messages that already have the expiry on the other side of the given one.
    public enum ExpiryChange: String, Hashable, Sendable, CaseIterable {
        /// The expiry becomes the given one, whatever it was.
        case set = ""
        /// Only expiries that are later change.
        case shorten
        /// Only expiries that are earlier change.
        case extend
    }

    init(_ text: String) { bytes = Array(text.utf8) }

    mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    mutating func append(_ moment: Timestamp) { append(String(moment.milliseconds)) }

    mutating func append(_ hashes: [MessageHash]) {
        for hash in hashes { append(hash.text) }
    }

    mutating func append(_ tokens: [SubaccountToken]) {
        for token in tokens { bytes.append(contentsOf: token.bytes) }
    }
}

extension SignedText {
    /// - Parameter moment: the request's `sig_timestamp`.
    public static func store(_ namespace: Namespace, at moment: Timestamp) -> SignedText {
        dated("store", namespace.signedText, moment)
    }

    public static func retrieve(_ namespace: Namespace, at moment: Timestamp) -> SignedText {
        dated("retrieve", namespace.signedText, moment)
    }

    /// Bears no time: it can be made ahead, and repeated.
    public static func delete(_ hashes: [MessageHash]) -> SignedText {
        var text = SignedText("delete")
        text.append(hashes)
        return text
    }

    public static func deleteAll(_ scope: Scope, at moment: Timestamp) -> SignedText {
        dated("delete_all", scope.text, moment)
    }

    public static func deleteBefore(_ scope: Scope, _ moment: Timestamp) -> SignedText {
        dated("delete_before", scope.text, moment)
    }

    public static func expireAll(_ scope: Scope, _ expiry: Timestamp) -> SignedText {
        dated("expire_all", scope.text, expiry)
    }

    /// - Parameter expiries: one for all hashes, or one for each.
    public static func expire(
        _ change: ExpiryChange, _ expiries: [Timestamp], _ hashes: [MessageHash]
    ) -> SignedText {
        var text = SignedText("expire\(change.rawValue)")
        for expiry in expiries { text.append(expiry) }
        text.append(hashes)
        return text
    }

    public static func getExpiries(_ hashes: [MessageHash], at moment: Timestamp) -> SignedText {
        var text = dated("get_expiries", "", moment)
        text.append(hashes)
        return text
    }

    public static func revokeSubaccounts(_ tokens: [SubaccountToken], at moment: Timestamp) -> SignedText {
        var text = dated("revoke_subaccount", "", moment)
        text.append(tokens)
        return text
    }

    public static func unrevokeSubaccounts(_ tokens: [SubaccountToken], at moment: Timestamp) -> SignedText {
        var text = dated("unrevoke_subaccount", "", moment)
        text.append(tokens)
        return text
    }

    public static func revokedSubaccounts(at moment: Timestamp) -> SignedText {
        dated("revoked_subaccounts", "", moment)
    }

    /// A subscription to what arrives; dated in whole seconds. Follows protocol document 02, section 4.20.
    /// - Parameter namespaces: ascending.
    public static func monitor(
        _ account: AccountID, _ namespaces: [Namespace], includesData: Bool, at moment: Timestamp
    ) -> SignedText {
        let list = namespaces.map { String($0.rawValue) }.joined(separator: ",")
        return SignedText("MONITOR\(account.hex)\(moment.milliseconds / 1000)\(includesData ? 1 : 0)\(list)")
    }

    private static func dated(_ verb: String, _ scope: String, _ moment: Timestamp) -> SignedText {
        SignedText("\(verb)\(scope)\(moment.milliseconds)")
    }
}
