/// How large the parts of a message may be. Follows protocol document 01, section 7.
public enum MessageLimits {
    /// Unicode code points of a text that is sent.
    public static let textLength = 2_000
    /// Unicode code points of a received text that are kept.
    public static let receivedTextLength = 10_000
    /// Bytes of a profile name in UTF-8.
    public static let profileNameByteCount = 100
    /// Attachments of a message.
    public static let attachmentCount = 32
    /// Unicode code points of a link of which a preview is made.
    public static let linkLength = 4_096
    /// Accounts in a closed group, its administrators included.
    public static let groupMemberCount = 100
    /// Bytes of what is sent to a closed group, before compression and after.
    public static let groupPlaintextByteCount = 1_000_000
    /// Bytes of a message as a swarm stores it.
    public static let storedByteCount = 76_800
    /// Bytes of a serialised content that, padded, sealed and wrapped for one account, still can be stored.
    public static let directContentByteCount = 76_478
}
