import SessionInterfaces

/// How long a swarm is asked to keep a message. Follows protocol document 01, section 8.1.
public enum MessageLifetime {
    /// Messages that people see, and everything that has no lifetime of its own.
    public static let visible: Duration = .days(14)
    /// Typing indicators.
    public static let typing: Duration = .seconds(20)
    /// Call signalling.
    public static let call: Duration = .seconds(300)
    /// What devices and members of groups have in common: configuration, and the keys of groups.
    public static let configuration: Duration = .days(30)

    /// The usual lifetime of what is stored in `namespace`; what a message says may shorten it.
    public static func usual(in namespace: Namespace) -> Duration {
        switch namespace {
        case .userProfile, .contacts, .conversationVolatile, .userGroups, .groupKeys, .groupInfo, .groupMembers:
            configuration
        default: visible
        }
    }
}

extension MessageContent.Kind {
    /// How long a swarm is asked to keep a message of this kind that does not disappear by a timer.
    public var lifetime: Duration {
        switch self {
        case .typing: MessageLifetime.typing
        case .call: MessageLifetime.call
        default: MessageLifetime.visible
        }
    }
}
