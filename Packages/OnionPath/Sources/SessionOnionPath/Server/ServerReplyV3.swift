/// An old server's answer as it stands inside the onion, version 3: whatever the endpoint says, which may name its own
/// status. Follows protocol document 02, section 2.4.
public struct ServerReplyV3: Hashable, Sendable {
    /// `status_code`, else `status`, else 200.
    public let status: Int
    /// The whole plaintext.
    public let body: [UInt8]

    public init(decoding plaintext: [UInt8]) {
        body = plaintext
        status =
            ["status_code", "status"].lazy
            .compactMap { JSONMember.value(of: $0, in: plaintext) }
            .compactMap { Int(String(decoding: $0, as: UTF8.self)) }
            .first { OnionReply.statuses.contains($0) } ?? 200
    }

    var reply: OnionReply { OnionReply(status: status, body: body) }
}
