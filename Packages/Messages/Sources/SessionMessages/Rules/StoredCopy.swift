import SessionInterfaces

/// Which of the copies of a message a swarm is asked to keep.
public enum StoredCopy: Hashable, Sendable, CaseIterable {
    /// In the recipient's swarm.
    case recipient
    /// In the sender's own swarm, for their other devices.
    case ownDevices
    /// In a closed group's swarm.
    case group

    /// Where it is stored. Follows protocol document 01, section 8.1.
    public var namespace: Namespace { self == .group ? .groupMessages : .messages }
}

extension MessageContent {
    /// How long a swarm is asked to keep `copy` of this message.
    ///
    /// A message that disappears after sending lives as long as its timer. One that disappears after reading waits for
    /// its reader, but the sender's own copy has been read already. Calls, and notices of saved media or of another timer,
    /// do not depend on being read. A timer shorter or longer than swarms accept is
    /// moved to their bounds. Follows protocol document 01, sections 6.11 and 8.1.
    public func lifetime(of copy: StoredCopy) -> Duration {
        let usual = kind.lifetime
        guard kind != .call, kind != .dataExtraction, let payload = try? payload(), payload.isExpirable else {
            return usual
        }
        let expiration = copy == .group ? expirationFromSending : expiration
        switch expiration {
        case .off: return usual
        case .afterRead where copy != .ownDevices || kind == .timerUpdate: return usual
        case .afterRead(let timer), .afterSend(let timer): return MessageLifetime.bounded(timer)
        }
    }
}

extension MessageLifetime {
    /// The shortest life that swarms accept.
    public static let shortest: Duration = .seconds(10)

    static func bounded(_ timer: Duration) -> Duration { min(max(timer, shortest), visible) }
}
