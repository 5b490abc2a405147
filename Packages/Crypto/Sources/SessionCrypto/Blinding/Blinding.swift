import SessionInterfaces

/// How an account appears in a community: under a key that only whoever knows both the account and the server can
/// connect with it. Follows protocol document 01, section 4.
public enum Blinding: Sendable, CaseIterable {
    /// IDs that begin with `15`: what servers and clients use.
    case blinded15
    /// IDs that begin with `25`: what newer libraries read.
    case blinded25

    public var prefix: AccountID.Prefix {
        switch self {
        case .blinded15: .blinded15
        case .blinded25: .blinded25
        }
    }

    /// Nil unless `id` is blinded.
    public init?(of id: AccountID) {
        guard let kind = Self.allCases.first(where: { $0.prefix == id.prefix }) else { return nil }
        self = kind
    }

    /// The IDs that `account` may have at `server`: two of the first kind, which differ in their highest bit, one of
    /// the second.
    /// - Parameter account: an account (prefix `05`).
    /// - Throws: `CryptoError`: `.invalidArgument` when `account` is none, `.badPublicKey` when its key makes no point.
    public func ids(of account: AccountID, at server: X25519PublicKey) throws(CryptoError) -> [AccountID] {
        guard account.prefix == .standard else {
            throw CryptoError(.invalidArgument, "only the ID of an account, which begins with 05, can be blinded")
        }
        let key = X25519PublicKey(account.key)
        let point = try factor(of: key, at: server)
            .multiplied(by: X25519.nonNegativeEd25519PublicKey(of: key).bytes)
        return switch self {
        case .blinded15: [AccountID(prefix: prefix, key: point), AccountID(prefix: prefix, key: point.negated)]
        case .blinded25: [AccountID(prefix: prefix, key: point)]
        }
    }

    /// Whether `id` is what `account` is called at `server`.
    /// - Throws: `CryptoError`: `.invalidArgument` when `account` is none or `id` is not blinded, `.badPublicKey` when
    ///   the account's key makes no point.
    public static func matches(
        _ id: AccountID, _ account: AccountID, at server: X25519PublicKey
    ) throws(CryptoError) -> Bool {
        guard let kind = Blinding(of: id) else {
            throw CryptoError(.invalidArgument, "the ID to compare with is not blinded")
        }
        return try kind.ids(of: account, at: server).contains(id)
    }

    /// What a key is multiplied with. Not a secret to whoever knows the account.
    func factor(of key: X25519PublicKey, at server: X25519PublicKey) -> Scalar {
        switch self {
        case .blinded15: Scalar(blake2b: server.bytes.bytes)
        case .blinded25: Scalar(blake2b: AccountID(standard: key).bytes + server.bytes.bytes)
        }
    }
}
