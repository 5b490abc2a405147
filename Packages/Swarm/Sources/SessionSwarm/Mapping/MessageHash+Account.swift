import SessionCrypto
public import SessionInterfaces

extension MessageHash {
    /// The hash that a swarm gives to `data` stored for `account`. Neither time nor lifetime enter, so storing the
    /// same bytes again is the same message. Follows protocol document 02, section 4.6.
    public static func of(account: AccountID, namespace: Namespace, data: [UInt8]) -> MessageHash {
        MessageHash(digest: BLAKE2b.hash32(account.bytes, Array(namespace.signedText.utf8), data))
    }
}
