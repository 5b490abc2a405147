public import SessionInterfaces

/// What a swarm member signs to prove that it has done its part. Follows protocol document 02, section 4.5.
///
/// Hashes that a member lists as deleted or updated are signed in ascending order, whatever order they come in.
extension SignedText {
    public static func confirmedStore(_ hash: MessageHash) -> SignedText {
        SignedText(hash.text)
    }

    public static func confirmedDelete(
        _ account: AccountID, requested: [MessageHash], deleted: [MessageHash]
    ) -> SignedText {
        var text = SignedText(account.hex)
        text.append(requested)
        text.append(deleted.sorted())
        return text
    }

    public static func confirmedDeleteAll(
        _ account: AccountID, at moment: Timestamp, deleted: [MessageHash]
    ) -> SignedText {
        confirmed(account, moment, deleted)
    }

    public static func confirmedDeleteBefore(
        _ account: AccountID, _ moment: Timestamp, deleted: [MessageHash]
    ) -> SignedText {
        confirmed(account, moment, deleted)
    }

    public static func confirmedExpireAll(
        _ account: AccountID, _ expiry: Timestamp, updated: [MessageHash]
    ) -> SignedText {
        confirmed(account, expiry, updated)
    }

    /// - Parameters:
    ///   - expiries: what the member applied: one value, or one for each updated hash in ascending order of the hashes.
    ///   - unchanged: messages that keep their own expiry.
    public static func confirmedExpire(
        _ account: AccountID, _ expiries: [Timestamp], requested: [MessageHash], updated: [MessageHash],
        unchanged: [MessageHash: Timestamp]
    ) -> SignedText {
        var text = SignedText(account.hex)
        for expiry in expiries { text.append(expiry) }
        text.append(requested)
        text.append(updated.sorted())
        for (hash, expiry) in unchanged.sorted(by: { $0.key < $1.key }) {
            text.append(hash.text)
            text.append(expiry)
        }
        return text
    }

    /// Revocation and its reversal are confirmed alike.
    public static func confirmedRevocation(
        _ account: AccountID, _ tokens: [SubaccountToken], at moment: Timestamp
    ) -> SignedText {
        var text = SignedText(account.hex)
        text.append(moment)
        text.append(tokens)
        return text
    }

    private static func confirmed(
        _ account: AccountID, _ moment: Timestamp, _ hashes: [MessageHash]
    ) -> SignedText {
        var text = SignedText(account.hex)
        text.append(moment)
        text.append(hashes.sorted())
        return text
    }
}
