public import SessionInterfaces

/// The storage RPC, method by method: `perform` with the call of that name.
/// All throw `SwarmError`, `RouterError`, or `CancellationError`.
extension SwarmClient {
    /// Deletes messages; see `StorageCall.delete`.
    public func delete(
        _ hashes: [MessageHash], of account: AccountID, credential: SwarmCredential, quorum: Quorum = .one
    ) async throws -> SwarmAnswer<AffectedMessages> {
        try await perform(.delete(hashes, of: account, credential: credential, quorum: quorum))
    }

    /// Deletes everything in one namespace, or in all.
    public func deleteAll(
        _ scope: SignedText.Scope, of account: AccountID, credential: SwarmCredential, quorum: Quorum = .one
    ) async throws -> SwarmAnswer<AffectedMessages> {
        try await perform(.deleteAll(scope, of: account, credential: credential, quorum: quorum))
    }

    /// Deletes what was stored in `namespace` with a timestamp up to `moment`.
    public func deleteBefore(
        _ moment: Timestamp, in namespace: Namespace, of account: AccountID, credential: SwarmCredential,
        quorum: Quorum = .one
    ) async throws -> SwarmAnswer<AffectedMessages> {
        try await perform(
            .deleteBefore(moment, in: namespace, of: account, credential: credential, quorum: quorum))
    }

    /// Changes when messages expire; see `StorageCall.expire`.
    public func expire(
        _ hashes: [MessageHash], of account: AccountID, at expiries: [Timestamp], _ change: SignedText.ExpiryChange,
        credential: SwarmCredential, quorum: Quorum = .one
    ) async throws -> SwarmAnswer<ExpiryOutcome> {
        try await perform(.expire(hashes, of: account, at: expiries, change, credential: credential, quorum: quorum))
    }

    /// Lets everything in one namespace, or in all, expire at `expiry` if it would do so later.
    public func expireAll(
        _ scope: SignedText.Scope, of account: AccountID, at expiry: Timestamp, credential: SwarmCredential,
        quorum: Quorum = .one
    ) async throws -> SwarmAnswer<AffectedMessages> {
        try await perform(.expireAll(scope, of: account, at: expiry, credential: credential, quorum: quorum))
    }

    /// When messages expire at one member; what it does not have is left out.
    public func getExpiries(
        _ hashes: [MessageHash], of account: AccountID, credential: SwarmCredential
    ) async throws -> [MessageHash: Timestamp] {
        try await perform(.getExpiries(hashes, of: account, credential: credential))
    }

    /// Takes rights away.
    public func revokeSubaccounts(
        _ tokens: [SubaccountToken], of account: AccountID, credential: SwarmCredential, quorum: Quorum = .half
    ) async throws -> SwarmAnswer<RevocationConfirmation> {
        try await perform(.revokeSubaccounts(tokens, of: account, credential: credential, quorum: quorum))
    }

    /// Gives rights back.
    public func unrevokeSubaccounts(
        _ tokens: [SubaccountToken], of account: AccountID, credential: SwarmCredential, quorum: Quorum = .half
    ) async throws -> SwarmAnswer<RevocationConfirmation> {
        try await perform(.unrevokeSubaccounts(tokens, of: account, credential: credential, quorum: quorum))
    }

    /// What is revoked at one member; nil when it is too old to know the method.
    public func revokedSubaccounts(
        of account: AccountID, credential: SwarmCredential
    ) async throws -> [SubaccountToken]? {
        do {
            return try await perform(.revokedSubaccounts(of: account, credential: credential))
        } catch let error as SwarmError where error.isUnknownMethod {
            return nil
        }
    }
}
