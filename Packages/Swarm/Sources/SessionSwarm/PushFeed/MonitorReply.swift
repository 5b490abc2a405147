public import SessionInterfaces

/// What a node says to a subscription. Follows protocol document 02, section 4.20.
public enum MonitorReply: Hashable, Sendable {
    case subscribed
    case refused(code: Int, reason: String)

    /// - Throws: `SwarmError(.malformedAnswer)`.
    public init(_ reply: Bencoded) throws(SwarmError) {
        if reply["success"]?.integer == 1 {
            self = .subscribed
        } else if let code = reply["errcode"]?.integer.flatMap({ Int(exactly: $0) }) {
            let text = String(decoding: reply["error"]?.bytes ?? [], as: UTF8.self)
            self = .refused(code: code, reason: SwarmError.printable(text))
        } else {
            throw SwarmError(.malformedAnswer, "the reply to a subscription says neither success nor error")
        }
    }
}
