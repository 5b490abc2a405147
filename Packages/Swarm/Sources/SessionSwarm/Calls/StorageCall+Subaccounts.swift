public import SessionInterfaces

/// One member's word that it has revoked rights, or given them back.
public struct RevocationConfirmation: Hashable, Sendable {
    /// How many of the tokens were revoked before they were given back; nil for a revocation.
    public let count: Int?

    public init(count: Int? = nil) { self.count = count }
}

/// Changes of who may do what in a group's swarm: by default half of the members have to confirm them.
/// Follows protocol document 02, sections 4.5 and 4.14.
extension StorageCall where Answer == SwarmAnswer<RevocationConfirmation> {
    public static func revokeSubaccounts(
        _ tokens: [SubaccountToken], of account: AccountID, credential: SwarmCredential, quorum: Quorum = .half
    ) -> StorageCall {
        StorageCall(about: account) { (time) throws(SwarmError) in
            try .revokeSubaccounts(tokens, of: account, credential: credential, signedAt: time.moment)
        } answer: { body, origin in
            try SwarmAnswer(body, from: origin, quorum: quorum) { _ in
                (.confirmedRevocation(account, tokens, at: origin.signedAt), RevocationConfirmation())
            }
        }
    }

    public static func unrevokeSubaccounts(
        _ tokens: [SubaccountToken], of account: AccountID, credential: SwarmCredential, quorum: Quorum = .half
    ) -> StorageCall {
        StorageCall(about: account) { (time) throws(SwarmError) in
            try .unrevokeSubaccounts(tokens, of: account, credential: credential, signedAt: time.moment)
        } answer: { body, origin in
            try SwarmAnswer(body, from: origin, quorum: quorum) { part in
                let count = part["count"]?.integer.flatMap { Int(exactly: $0) }
                return (
                    .confirmedRevocation(account, tokens, at: origin.signedAt), RevocationConfirmation(count: count)
                )
            }
        }
    }
}
