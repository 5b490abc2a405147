public import SessionInterfaces

/// What one poll asks one node: what is new in some namespaces, and that some messages be kept longer.
/// Follows protocol document 02, section 5.2.
public struct PollQuery: Hashable, Sendable {
    public let account: AccountID
    /// In the order of the question. A group's keys come last: whatever else an answer has, its keys are there too.
    public let namespaces: [Namespace]
    /// Where the node shall continue.
    public let after: [Namespace: MessageHash]
    /// Messages that shall not expire.
    public let renewing: [MessageHash]
    /// When those shall expire.
    public let renewedExpiry: Timestamp?

    public init(
        account: AccountID, namespaces: [Namespace], after: [Namespace: MessageHash] = [:],
        renewing: [MessageHash] = [], until renewedExpiry: Timestamp? = nil
    ) {
        self.account = account
        self.namespaces = namespaces
        self.after = after
        self.renewing = renewing
        self.renewedExpiry = renewedExpiry
    }

    /// The namespaces in which an account of this kind gets messages and configs, in the order of the question.
    public static func namespaces(of account: AccountID) -> [Namespace] {
        switch account.prefix {
        case .standard: [.messages, .userProfile, .contacts, .userGroups, .conversationVolatile]
        case .group: [.revokedGroupMessages, .groupMessages, .groupInfo, .groupMembers, .groupKeys]
        case .blinded15, .blinded25, .unblinded, .versionCheck: [.messages]
        }
    }

    /// The call that keeps messages longer, when there is anything to keep.
    func renewal(credential: SwarmCredential?) -> StorageCall<SwarmAnswer<ExpiryOutcome>>? {
        guard !renewing.isEmpty, let renewedExpiry, let credential else { return nil }
        return .expire(renewing, of: account, at: [renewedExpiry], .extend, credential: credential)
    }

    /// The whole poll as one batch: a `retrieve` for each namespace, then the `expire`.
    /// - Throws: `SwarmError(.invalidRequest)` for no, too many or repeated namespaces, or without a credential that is
    ///   needed.
    public func request(credential: SwarmCredential?, signedAt moment: Timestamp) throws(SwarmError) -> StorageRequest {
        guard Set(namespaces).count == namespaces.count else {
            throw SwarmError(.invalidRequest, "a namespace is named twice")
        }
        var requests: [StorageRequest] = []
        for (namespace, share) in zip(namespaces, RetrieveShares.divisors(for: namespaces)) {
            requests.append(
                try .retrieve(
                    account, namespace, after: after[namespace], share: share, credential: credential,
                    signedAt: moment))
        }
        if let renewal = renewal(credential: credential) { requests.append(try renewal.request(signedAt: moment)) }
        return try .batch(requests)
    }
}
