import SessionInterfaces

/// Strikes that a destination earns by what it says itself. Follows protocol document 02, section 2.7.
enum DestinationFault {
    /// Nil for an answer that is none of the node's fault, whatever its status.
    static func strike(for reply: OnionReply) -> NodeStrike? {
        switch reply.status {
        case 502 where says("oxend returned unparsable data", reply): .permanent
        case 503 where says("Snode not ready", reply): .transient
        default: nil
        }
    }

    private static func says(_ text: String, _ reply: OnionReply) -> Bool {
        String(decoding: reply.body.prefix(200), as: UTF8.self).contains(text)
    }
}
