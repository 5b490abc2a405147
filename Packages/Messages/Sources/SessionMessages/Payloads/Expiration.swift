/// Whether and when a message disappears. Follows protocol document 01, section 6.11.
public enum Expiration: Hashable, Sendable {
    case off
    /// So long after it was read.
    case afterRead(Duration)
    /// So long after it was sent.
    case afterSend(Duration)

    /// The time between start and end; nil when the message stays.
    public var timer: Duration? {
        switch self {
        case .off: nil
        case .afterRead(let timer), .afterSend(let timer): timer
        }
    }

    /// How the same timer counts in a closed group and in notes to oneself, where nothing is marked as read.
    public var countedFromSending: Expiration { timer.map(Expiration.afterSend) ?? .off }

    /// How the same timer counts for calls and notices of saved media: they have to be seen first.
    public var countedFromReading: Expiration { timer.map(Expiration.afterRead) ?? .off }
}

extension MessageContent {
    /// When the message disappears, in a conversation between two.
    public var expiration: Expiration {
        let timer = Duration.seconds(Int64(protobuf.expirationTimer))
        guard timer > .zero else { return .off }
        switch protobuf.expirationType {
        case .unknown: return .off
        case .deleteAfterRead: return .afterRead(timer)
        case .deleteAfterSend: return .afterSend(timer)
        }
    }

    /// When the message disappears, in a closed group or among notes to oneself. The type alone does not switch it off
    /// there, unless it is missing.
    public var expirationFromSending: Expiration { expiration.countedFromSending }
}

extension SessionProtos_Content {
    /// Timers are whole seconds of 32 bits; those beyond are cut, those below a second are off.
    mutating func write(_ expiration: Expiration) {
        let seconds = UInt32(clamping: expiration.timer?.components.seconds ?? 0)
        expirationTimer = seconds
        switch expiration {
        case .afterRead where seconds > 0: expirationType = .deleteAfterRead
        case .afterSend where seconds > 0: expirationType = .deleteAfterSend
        default: expirationType = .unknown
        }
    }
}
