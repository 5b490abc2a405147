import SessionInterfaces

/// What is signed when a device asks a push server for notifications. Follows protocol document 04, section 4.
public enum PushRequest {
    /// Asks for notifications of what is stored for `account`.
    ///
    /// - Parameters:
    ///   - signedAt: Counts in whole seconds; the subscription ends 14 days later.
    ///   - includesMessages: Whether the notifications are to bring the messages along.
    ///   - namespaces: One or more; they are sent in ascending order, each once, and so they stand here.
    /// - Throws: `MessagesError` with `invalidPayload` without namespaces.
    public static func subscription(
        of account: AccountID, signedAt: Timestamp, includesMessages: Bool, namespaces: Set<Namespace>
    ) throws(MessagesError) -> [UInt8] {
        guard !namespaces.isEmpty else { throw .invalid("the subscription names no namespace") }
        let list = namespaces.sorted().map { String($0.rawValue) }.joined(separator: ",")
        return Array("MONITOR\(account.hex)\(signedAt.milliseconds / 1000)\(includesMessages ? 1 : 0)\(list)".utf8)
    }

    /// Asks for no more notifications of what is stored for `account`.
    public static func cancellation(of account: AccountID, signedAt: Timestamp) -> [UInt8] {
        Array("UNSUBSCRIBE\(account.hex)\(signedAt.milliseconds / 1000)".utf8)
    }
}
